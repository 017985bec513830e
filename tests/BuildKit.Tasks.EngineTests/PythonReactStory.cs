using System.Diagnostics;

namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// The guide's team: a Python backend, a React frontend behind nginx and a .NET API in one solution. python:3, node:20 and
/// nginx:1 are stand-ins made from Debian by setup.sh --all; the stand-in for python:3 has FastAPI from Debian, and tells
/// pip to be content with what is installed, because there is no PyPI here. npm packages come from npm's own registry.
/// </summary>
[Category("Long")]
[CancelAfter(900_000)]
public sealed class PythonReactStory : Story
{
    private static readonly HttpClient Client = new();

    [Test]
    public async Task One_solution_makes_three_images_that_answer()
    {
        await PrepareAsync();
        await PublishAsync("production");
        Assert.That(await GetAsync("backend:production", 8000, "/api/greeting"), Is.EqualTo("""{"greeting":"Hello from Python","root":false}"""));
        var page = await GetAsync("frontend:production", 80, "/");
        Assert.That(page, Does.Contain("/assets/index-"), "built by Vite");
        Assert.That(await GetAsync("api:production", 8080, "/"), Is.EqualTo("Hello from .NET"));

        var again = await PublishAsync("production");
        Assert.That(again.Log.Tasks, Has.No.Member("DockerBuildxBuild"));

        // Only the code changed: the dependencies' layers stay.
        Project.Write("backend/app/main.py",
            (await File.ReadAllTextAsync(Project.PathOf("backend/app/main.py"))).Replace("Hello from", "Greetings from", StringComparison.Ordinal));
        var changed = await PublishAsync("production");
        Assert.That(changed.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        Assert.That(changed.Output, Does.Match(@"backend -> .*\n.* [4-9] of [5-9] steps from the cache"));
        Assert.That(await GetAsync("backend:production", 8000, "/api/greeting"), Does.Contain("Greetings from Python"));

        await PublishAsync("development");
        Assert.That(await GetAsync("frontend:development", 5173, "/src/main.jsx"), Does.Contain("/greeting"), "served by Vite");
    }

    [Test]
    public async Task Its_devspace_yaml_makes_the_same_images()
    {
        await PrepareAsync();
        Project.Write("devspace.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup>
                <BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile>
                <BuildKitDevSpaceProfile>production</BuildKitDevSpaceProfile>
              </PropertyGroup>
              <ItemGroup><BuildKitDevSpaceVar Include="REGISTRY" Value="{Image}" /></ItemGroup>
            </Project>
            """);
        (await Project.DotnetAsync(["publish", "devspace.proj", $"-p:BaseRegistry={Image}", "-p:ContainerImageTag="])).Succeeded();
        Assert.That(await GetAsync("backend:production", 8000, "/api/greeting"), Does.Contain("Hello from Python"));
        Assert.That(await GetAsync("frontend:production", 80, "/"), Does.Contain("/assets/index-"));
    }

    private async Task PrepareAsync()
    {
        Project.CopyFrom(RepositoryRoot.PathOf("samples/PythonReact"));
        foreach (var file in new[] { "backend/backend.proj", "frontend/frontend.proj", "api/Api.csproj" })
        {
            var text = await File.ReadAllTextAsync(Project.PathOf(file));
            Project.Write(file, text.Replace("BuildKit.Tasks/1.0.0", $"BuildKit.Tasks/{Machine.Feed.Version}", StringComparison.Ordinal)
                .Replace("Version=\"1.0.0\"", $"Version=\"{Machine.Feed.Version}\"", StringComparison.Ordinal));
        }

        Project.Write("bases/Dockerfile", $"""
            FROM {Machine.Registry.Address}/python:3 AS python
            ENV PIP_NO_DEPS=1 PIP_NO_INDEX=1
            FROM {Machine.Registry.Address}/node:20 AS node
            FROM {Machine.Registry.Address}/nginx:1 AS nginx
            """);
        foreach (var (stage, tag) in new[] { ("python", "python:3"), ("node", "node:20"), ("nginx", "nginx:1") })
        {
            (await Machine.Engine.DockerAsync("buildx", "build", "--push", "--provenance=false", "--target", stage, "-t", $"{Image}/{tag}",
                Project.PathOf("bases"))).Succeeded();
        }
    }

    private async Task<DotnetResult> PublishAsync(string stage) => (await Project.DotnetAsync(
    [
        "publish", "PythonReact.slnx", $"-p:Stage={stage}", $"-p:ContainerRegistry={Machine.Registry.Address}",
        $"-p:BaseRegistry={Image}", $"-p:ContainerBaseImage={BaseImages.Of("aspnet")}",
    ])).Succeeded();

    private async Task<string> GetAsync(string image, int port, string path)
    {
        // The solution's images are the registry's, those of devspace.yaml the test's own.
        var own = await Images.FindAsync($"{Repository}/{image.Split(':')[0]}", image.Split(':')[1]) is not null;
        var name = own ? $"{Image}/{image}" : $"{Machine.Registry.Address}/{image}";
        var container = (await Machine.Engine.DockerAsync("run", "-d", "-q", "--pull=always", "-p", $"127.0.0.1::{port}", name)).Succeeded();
        try
        {
            var address = (await Machine.Engine.DockerAsync("port", container, $"{port}")).Succeeded();
            for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
            {
                try
                {
                    return await Client.GetStringAsync(new Uri($"http://{address}{path}"));
                }
                catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(60))
                {
                    // It still starts.
                }
            }
        }
        finally
        {
            await Machine.Engine.DockerAsync("rm", "-f", container);
        }
    }
}
