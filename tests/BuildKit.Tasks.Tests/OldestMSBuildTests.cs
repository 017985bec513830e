using BuildKit.Core.Tests;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

/// <summary>The packed tasks in the engine of MSBuild 17.7.2, which this process hosts.</summary>
[Category("Packs")]
[NonParallelizable]
[Platform("Unix")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OldestMSBuildTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordingLogger log = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Is_the_engine_that_runs_here()
    {
        var file = System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(ProjectInstance).Assembly.Location);
        Assert.That(file.FileVersion, Does.StartWith("17.7.2"));
    }

    [Test]
    public void Plans_an_image_of_a_Dockerfile()
    {
        var project = Run("<BuildKitDockerfile>Dockerfile</BuildKitDockerfile>", "_BuildKitPlanBuilds");
        var plan = project.GetItems("_BuildKitPlan").Single();
        Assert.That((plan.EvaluatedInclude, plan.GetMetadataValue("References"), plan.GetMetadataValue("Pushes")),
            Is.EqualTo(("shop", "r.example.com/shop:1", "true")));
        Assert.That(plan.GetMetadataValue("PlanKey"), Is.Not.Empty);
    }

    [Test]
    public void Loads_the_tasks_of_the_package_and_not_those_beside_this_test()
    {
        Run("", "_BuildKitPlanBuilds");
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == "BuildKit.Tasks")
            .Select(assembly => assembly.Location);
        Assert.That(loaded, Does.Contain(Path.GetFullPath(Path.Combine(PackedPackage.Folder, "tools/net8.0/BuildKit.Tasks.dll"))));
    }

    [Test]
    public void Runs_the_whole_pipeline_up_to_the_image()
    {
        var docker = folder.Write("docker", """
            #!/bin/sh
            case "$1 $2" in
            "buildx version") echo "github.com/docker/buildx v0.29.1 28f6246" ;;
            "buildx ls") echo '{"Driver":"docker-container","Name":"mine","Nodes":[{"Endpoint":"x","Status":"running"}]}' ;;
            "buildx build") while [ "$1" != --metadata-file ]; do shift; done; echo '{"containerimage.digest":"sha256:0123456789abcdef0123"}' > "$2" ;;
            esac

            """);
        folder.SetMode("docker", 0b111_101_101);
        var project = Run(
            $"<BuildKitDockerPath>{docker}</BuildKitDockerPath><BuildKitBuilder>mine</BuildKitBuilder><BuildKitPush>false</BuildKitPush>"
                + "<BuildKitLoad>false</BuildKitLoad><BuildKitCacheWrite>always</BuildKitCacheWrite>",
            "_BuildKitPlanBuilds", "BuildKitEnsureBuilder", "BuildKitResolveCaches", "building the image");
        Assert.That(project.GetItems("_BuildKitBuilder").Single().GetMetadataValue("Driver"), Is.EqualTo("docker-container"));
        Assert.That(project.GetItems("_BuildKitCacheFrom").Select(item => item.EvaluatedInclude),
            Is.EqualTo(new[] { "r.example.com/shop:devcache", "r.example.com/shop:buildcache" }));
        Assert.That(project.GetItems("_BuildKitCacheTo").Single().GetMetadataValue("Mode"), Is.EqualTo("max"));
        Assert.That(project.GetItems("BuildKitImage").Single().GetMetadataValue("Digest"), Is.EqualTo("sha256:0123456789abcdef0123"));
    }

    [Test]
    public void A_mistake_is_an_error_with_its_line()
    {
        Run("<BuildKitNetwork>x</BuildKitNetwork>", succeeds: false, "_BuildKitPlanBuilds");
        Assert.That(log.Errors.Select(error => (error.Code, error.File, error.LineNumber)),
            Is.EqualTo(new[] { ("BK2001", folder.Full("shop.csproj"), 3) }));
    }

    private ProjectInstance Run(string properties, params string[] targets) => Run(properties, succeeds: true, targets);

    private ProjectInstance Run(string properties, bool succeeds, params string[] targets)
    {
        folder.Write("Dockerfile", "FROM scratch\n");
        var file = folder.Write("shop.csproj", $"""
            <Project>
              <Import Project="{PackedPackage.Folder}/build/BuildKit.Tasks.props" />
              <PropertyGroup>{properties}
                <IntermediateOutputPath>obj/</IntermediateOutputPath><ContainerRegistry>r.example.com</ContainerRegistry><ContainerImageTag>1</ContainerImageTag>
              </PropertyGroup>
              <Import Project="{PackedPackage.Folder}/build/BuildKit.Tasks.targets" />
            </Project>
            """);
        using var collection = new ProjectCollection();
        var project = new Project(file, null, null, collection).CreateProjectInstance();
        var built = project.Build(targets, [log]);
        Assert.That(built, Is.EqualTo(succeeds), string.Join('\n', log.Errors.Select(error => $"{error.Code}: {error.Message}")));
        return project;
    }

    private sealed class RecordingLogger : ILogger
    {
        public List<BuildErrorEventArgs> Errors { get; } = [];

        public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Normal;

        public string? Parameters { get; set; }

        public void Initialize(IEventSource eventSource) => eventSource.ErrorRaised += (_, error) => Errors.Add(error);

        public void Shutdown()
        {
        }
    }
}
