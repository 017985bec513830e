using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Tests.Settings;

public sealed class BuildRequestReaderTests
{
    [Test]
    public void An_empty_project_has_defaults()
    {
        using var project = new TestSettings();
        var request = project.ReadRight();
        Assert.Multiple(() =>
        {
            Assert.That(request.Dockerfile, Is.EqualTo(project.Folder.Full("Dockerfile")));
            Assert.That(request.Context, Is.EqualTo(project.Folder.Path));
            Assert.That(request.ContextReason, Is.Not.Empty);
            Assert.That(request.TargetStage + request.Network + request.Builder, Is.Empty);
            Assert.That(request.Platforms, Is.Empty);
            Assert.That(request.Attestations, Is.EqualTo(Attestations.None));
            Assert.That((request.Pull, request.NoCache, request.Pushes, request.Loads), Is.EqualTo((false, false, false, true)));
            Assert.That(request.PublishOutput, Is.Null);
        });
    }

    [Test]
    public void Every_setting_of_a_Dockerfile_reaches_the_request()
    {
        using var project = new TestSettings("FROM a AS final\n");
        project.Folder.Make("lib");
        project.Folder.Write("key");
        project.Environment["NPM_TOKEN"] = "t0psecret";
        project.Set("BuildKitTargetStage", "final").Set("BuildKitNetwork", "HOST").Set("BuildKitPull", "yes").Set("BuildKitNoCache", "1")
            .Set("BuildKitProvenance", "max").Set("BuildKitSbom", "true").Set("BuildKitBuilder", "mine")
            .Item("BuildKitBuildArg", "A", ("Value", "1")).Item("BuildKitBuildArg", "B=2=3").Item("BuildKitBuildArg", "C")
            .Item("BuildKitBuildArg", "D", ("Value", ""))
            .Item("BuildKitSecret", "npm", ("EnvironmentVariable", "NPM_TOKEN")).Item("BuildKitSecret", "k", ("File", "key"))
            .Item("BuildKitSsh", "default").Item("BuildKitNamedContext", "lib", ("Source", "lib"))
            .Item("BuildKitNamedContext", "base", ("Source", "docker-image://m/base:1"))
            .Item("BuildKitExtraHost", "db", ("Address", "host-gateway")).Item("ContainerLabel", "a", ("Value", "1"))
            .Item("ContainerLabel", "a", ("Value", "2"));
        var request = project.ReadRight();
        Assert.Multiple(() =>
        {
            Assert.That((request.TargetStage, request.Network, request.Pull, request.NoCache, request.Builder),
                Is.EqualTo(("final", "host", true, true, "mine")));
            Assert.That(request.Attestations, Is.EqualTo(new Attestations("max", "true")));
            Assert.That(request.BuildArguments, Is.EqualTo(new BuildArgument[] { new("A", "1"), new("B", "2=3"), new("C", null), new("D", "") }));
            Assert.That(request.Secrets, Is.EqualTo(new BuildSecret[] { new("npm", "NPM_TOKEN", ""), new("k", "", project.Folder.Full("key")) }));
            Assert.That(request.SshAgents, Is.EqualTo(new SshAgent[] { new("default", "") }));
            Assert.That(request.NamedContexts,
                Is.EqualTo(new NamedContext[] { new("lib", project.Folder.Full("lib")), new("base", "docker-image://m/base:1") }));
            Assert.That(request.ExtraHosts, Is.EqualTo(new ExtraHost[] { new("db", "host-gateway") }));
            Assert.That(request.Labels, Is.EqualTo(new[] { KeyValuePair.Create("a", "2") }));
        });
    }

    [TestCase("docker/Dockerfile", "", "", "docker/Dockerfile")]
    [TestCase(@"docker\Dockerfile", "", "", "docker/Dockerfile")]
    [TestCase("", "docker/Dockerfile", "Dockerfile", "docker/Dockerfile")]
    [TestCase("", "", "docker/Dockerfile", "docker/Dockerfile")]
    [TestCase("Dockerfile", "docker/Dockerfile", "", "Dockerfile")]
    public void Our_Dockerfile_comes_before_Visual_Studios(string ours, string path, string file, string expected)
    {
        using var project = new TestSettings();
        project.Folder.Write("docker/Dockerfile", "FROM scratch\n");
        project.Set("BuildKitDockerfile", ours).Set("DockerfilePath", path).Set("DockerfileFile", file);
        Assert.That(project.ReadRight().Dockerfile, Is.EqualTo(project.Folder.Full(expected)));
    }

    [Test]
    public void Visual_Studios_context_starts_at_the_Dockerfile_and_ours_at_the_project()
    {
        using var project = new TestSettings();
        project.Folder.Make("docker/files");
        project.Folder.Write("docker/Dockerfile", "FROM scratch\n");
        project.Set("DockerfilePath", "docker/Dockerfile").Set("DockerfileContext", @".\files\");
        Assert.That(project.ReadRight().Context, Is.EqualTo(project.Folder.Full("docker/files")));
        project.Set("BuildKitContext", "docker/");
        Assert.That(project.ReadRight().Context, Is.EqualTo(project.Folder.Full("docker")));
        project.Set("BuildKitContext", "https://example.com/repository.git");
        Assert.That(project.ReadRight().Context, Is.EqualTo("https://example.com/repository.git"));
    }

    [Test]
    public void Visual_Studios_stage_counts_when_ours_is_empty()
    {
        using var project = new TestSettings("FROM a AS base\nFROM b AS final\n");
        project.Set("DockerfileStage", "base");
        Assert.That(project.ReadRight().TargetStage, Is.EqualTo("base"));
        project.Set("BuildKitTargetStage", "final");
        Assert.That(project.ReadRight().TargetStage, Is.EqualTo("final"));
    }

    [TestCase("BuildKitPlatforms", "linux/amd64, linux/arm64/v8", "linux/amd64 linux/arm64/v8")]
    [TestCase("ContainerRuntimeIdentifiers", "linux-x64;linux-musl-arm64;linux-arm", "linux/amd64 linux/arm64 linux/arm/v7")]
    [TestCase("ContainerRuntimeIdentifier", "linux-x64", "linux/amd64")]
    [TestCase("BuildKitPlatforms", "linux-x64;linux/amd64", "linux/amd64")]
    public void Platforms_and_runtime_identifiers_are_read(string property, string value, string expected)
    {
        using var project = new TestSettings();
        project.Set(property, value);
        Assert.That(string.Join(' ', project.ReadRight().Platforms), Is.EqualTo(expected));
    }

    [Test]
    public void A_copy_from_publish_gets_the_published_files()
    {
        using var project = new TestSettings("FROM a\nCOPY --from=publish . /app\n");
        project.Folder.Make("out");
        project.Set("PublishDir", @"out\");
        var context = project.ReadRight().NamedContexts.Single();
        Assert.That((context.Name, Path.TrimEndingDirectorySeparator(context.Source)), Is.EqualTo(("publish", project.Folder.Full("out"))));
    }

    [Test]
    public void A_check_before_the_first_publish_takes_a_folder_that_is_there()
    {
        using var project = new TestSettings("FROM a\nCOPY --from=publish . /app\n");
        project.Set("PublishDir", "out/").Set("_BuildKitPurpose", "Check");
        Assert.That(Directory.Exists(project.ReadRight().NamedContexts.Single().Source), Is.True);
    }

    [Test]
    public void Each_platform_gets_the_files_of_its_own_publish()
    {
        using var project = new TestSettings("FROM a\nCOPY --from=publish . /app\n");
        project.Set("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64").Set("PublishDir", "out/");
        var context = BuildRequestReader.Read(WithRuntimes(project, "linux-x64", "linux-arm64"), project.Sink)!.NamedContexts.Single();
        Assert.That(context.Platforms.Select(one => $"{one.Platform} {Path.GetFileName(one.Folder)}"),
            Is.EqualTo(new[] { "linux/amd64 linux-x64", "linux/arm64 linux-arm64" }));
        Assert.That(context.Source, Is.EqualTo(context.Platforms[0].Folder));
    }

    [Test]
    public void Two_publishes_for_one_platform_are_refused()
    {
        using var project = new TestSettings("FROM a\nCOPY --from=publish . /app\n");
        project.Set("ContainerRuntimeIdentifiers", "linux-x64;linux-musl-x64").Set("PublishDir", "out/");
        Assert.That(BuildRequestReader.Read(WithRuntimes(project, "linux-x64", "linux-musl-x64"), project.Sink), Is.Null);
        Assert.That(project.Sink.Diagnostics.Select(found => (found.Code, found.Location?.Line)), Is.EqualTo(new[] { ("BK2019", (int?)2) }));
    }

    [Test]
    public void One_publish_for_a_runtime_is_no_publish_for_several_platforms()
    {
        using var project = new TestSettings("FROM a\nCOPY --from=publish . /app\n");
        project.Set("BuildKitPlatforms", "linux/amd64,linux/arm64").Set("PublishDir", "out/");
        Assert.That(project.ReadRight().NamedContexts.Single().Platforms, Is.Empty);
        project.Set("RuntimeIdentifier", "linux-x64");
        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Diagnostics.Select(found => (found.Code, found.Location?.Line)), Is.EqualTo(new[] { ("BK2019", (int?)2) }));
        Assert.That(project.Sink.Diagnostics[0].Message, Does.Contain("linux-x64").And.Contain("ContainerRuntimeIdentifiers"));
    }

    private static ImageSettings WithRuntimes(TestSettings project, params string[] runtimes)
    {
        var settings = project.Build();
        return settings with
        {
            Runtimes = [.. runtimes.Select(runtime => settings with
            {
                Properties = new Dictionary<string, string>(settings.Properties)
                    { ["_BuildKitPublishedFor"] = runtime, ["PublishDir"] = "out/" + runtime },
            })],
        };
    }

    [TestCase("FROM a AS publish\nFROM b\nCOPY --from=publish . /app\n")]
    [TestCase("FROM a\nCOPY . /app\n")]
    public void A_stage_named_publish_is_not_replaced(string dockerfile)
    {
        using var project = new TestSettings(dockerfile);
        project.Folder.Make("out");
        project.Set("PublishDir", "out/");
        Assert.That(project.ReadRight().NamedContexts, Is.Empty);
    }

    [Test]
    public void Items_of_another_image_are_left_out()
    {
        using var project = new TestSettings();
        project.Item("BuildKitBuildArg", "A", ("Value", "1"), ("Image", "web")).Item("BuildKitBuildArg", "B", ("Value", "2"), ("Image", "API"))
            .Item("BuildKitBuildArg", "C", ("Value", "3"));
        Assert.That(project.ReadRight("api").BuildArguments.Select(argument => argument.Name), Is.EqualTo(new[] { "B", "C" }));
    }

    [Test]
    public void Two_images_of_one_name_are_told_at_the_second()
    {
        using var project = new TestSettings();
        project.Set("ContainerRepository", "shop").Item("BuildKitImageDefinition", "a").Item("BuildKitImageDefinition", "b")
            .Item("BuildKitImageDefinition", "c");
        BuildRequest[] requests = [project.ReadRight("a"), project.ReadRight("b"), project.ReadRight("c") with { Tags = [] }];
        var found = DuplicateImages.Check(requests, project.ProjectFile).Single();
        Assert.That((found.Code, found.Location!.Line), Is.EqualTo(("BK2017", 4)));
        Assert.That(found.Message, Does.Contain("\"a\"").And.Contain("\"b\"").And.Contain("shop:latest"));
    }

    [Test]
    public void Published_files_and_their_configuration_reach_the_request()
    {
        using var project = new TestSettings(dockerfile: null);
        project.Published().Set("BuildKitImageSource", "").Set("ContainerRuntimeIdentifier", "linux-x64").Set("ContainerWorkingDirectory", "/srv")
            .Set("ContainerUser", "app")
            .Item("ContainerPort", "8080").Item("ContainerPort", "53", ("Type", "UDP")).Item("ContainerPort", "90/tcp")
            .Item("ContainerEnvironmentVariable", "A", ("Value", "1")).Item("ContainerEnvironmentVariable", "B", ("Value", " x = y "))
            .Item("ContainerEnvironmentVariable", "A", ("Value", "3"))
            .Item("ContainerAppCommand", "/app/Shop.Api").Item("ContainerAppCommandArgs", "--run").Item("ContainerDefaultArgs", "--fast")
            .Item("ResolvedFileToPublish", "p", ("RelativePath", @"lib\P.dll"), ("NuGetPackageId", "P"))
            .Item("ResolvedFileToPublish", "r", ("RelativePath", "r.so"), ("NuGetPackageId", "Microsoft.NETCore.App.Runtime.linux-x64"))
            .Item("ResolvedFileToPublish", "w", ("RelativePath", "wwwroot/a.js"))
            .Item("ResolvedFileToPublish", "s", ("RelativePath", "de/Shop.Api.resources.dll"))
            .Item("ResolvedFileToPublish", "a", ("RelativePath", "Shop.Api.dll"));
        var output = project.ReadRight().PublishOutput!;
        Assert.Multiple(() =>
        {
            Assert.That((output.Folder, output.BaseImage), Is.EqualTo((project.Folder.Full("out"), "base:1")));
            Assert.That((output.Config.WorkingDirectory, output.Config.User), Is.EqualTo(("/srv", "app")));
            Assert.That(output.Config.Ports, Is.EqualTo(new[] { "8080/tcp", "53/udp", "90/tcp" }));
            Assert.That(output.Config.Environment, Is.EqualTo(new[] { KeyValuePair.Create("B", " x = y "), KeyValuePair.Create("A", "3") }));
            Assert.That(output.Config.Command.AppCommand, Is.EqualTo(new[] { "/app/Shop.Api" }));
            Assert.That(output.Config.Command.AppCommandArgs, Is.EqualTo(new[] { "--run" }));
            Assert.That(output.Config.Command.DefaultArgs, Is.EqualTo(new[] { "--fast" }));
            Assert.That(output.LayerOf("lib/P.dll"), Is.EqualTo(PublishLayer.Packages));
            Assert.That(output.LayerOf("r.so"), Is.EqualTo(PublishLayer.Runtime));
            Assert.That(output.LayerOf("wwwroot/a.js"), Is.EqualTo(PublishLayer.StaticAssets));
            Assert.That(output.LayerOf("de/Shop.Api.resources.dll"), Is.EqualTo(PublishLayer.Satellites));
            Assert.That(output.LayerOf("Shop.Api.dll"), Is.EqualTo(PublishLayer.Application));
        });
    }

    [Test]
    public void A_variable_that_the_SDK_ignores_is_not_in_the_image()
    {
        using var project = new TestSettings(dockerfile: null);
        project.Published().Item("ContainerEnvironmentVariable", "IdentitySettings:Url", ("Value", "x"))
            .Item("ContainerEnvironmentVariable", "IdentitySettings__Url", ("Value", "y"));
        Assert.That(project.ReadRight().PublishOutput!.Config.Environment, Is.EqualTo(new[] { KeyValuePair.Create("IdentitySettings__Url", "y") }));
    }

    [Test]
    public void A_context_that_another_file_names_is_told_as_that_files()
    {
        using var project = new TestSettings();
        project.Set("BuildKitContext", "gone").Set("_BuildKitDescribedIn", project.Folder.Full("compose.yaml")).Set("_BuildKitDescribedLine", "7");
        project.Read("api");
        var found = project.Sink.Diagnostics.Single();
        Assert.That((found.Code, found.Location), Is.EqualTo(("BK3002", new SourceLocation(project.Folder.Full("compose.yaml"), 7))));
        Assert.That(found.Message, Does.EndWith("Correct the context of api in compose.yaml."));
    }

    [Test]
    public void One_folder_for_the_files_of_two_runtimes_is_refused()
    {
        using var project = new TestSettings(dockerfile: null);
        var settings = project.Published().Build();
        ImageSettings Runtime(string name) => settings with
        {
            Properties = new Dictionary<string, string>(settings.Properties)
            { ["_BuildKitPublishedFor"] = name, ["ContainerRuntimeIdentifier"] = name },
        };
        BuildRequestReader.Read(settings with { Runtimes = [Runtime("linux-x64"), Runtime("linux-arm64")] }, project.Sink);
        Assert.That(project.Sink.Diagnostics.Select(found => found.Code), Is.EqualTo(new[] { "BK2019" }));
        Assert.That(project.Sink.Diagnostics[0].Message, Does.Contain("for linux-x64 and linux-arm64"));
    }
}
