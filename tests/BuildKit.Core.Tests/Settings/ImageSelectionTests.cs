using BuildKit.Core.Projects;
using BuildKit.Core.Settings;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Settings;

/// <summary>What is known of a project's images before it is published.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ImageSelectionTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, string> environment = [];
    private readonly Dictionary<string, IReadOnlyList<SettingItem>> items = [];

    public void Dispose() => folder.Dispose();

    [TestCase("OutputType=Exe", true)]
    [TestCase("OutputType=Library", false)]
    [TestCase("OutputType=WinExe", false)]
    [TestCase("OutputType=Exe PackAsTool=true", false)]
    [TestCase("OutputType=Exe IsAspireHost=true", false)]
    [TestCase("OutputType=Exe UsingMicrosoftNETSdkBlazorWebAssembly=true", false)]
    [TestCase("OutputType=Exe TargetPlatformIdentifier=android", false)]
    [TestCase("OutputType=Exe IsPublishable=false", false)]
    [TestCase("OutputType=Exe IsTestProject=true", false)]
    [TestCase("OutputType=Exe IsTestingPlatformApplication=true", false)]
    [TestCase("OutputType=Exe IsCrossTargetingBuild=true", false)]
    [TestCase("OutputType=Exe DesignTimeBuild=true", false)]
    [TestCase("OutputType=Library BuildKitDockerfile=Dockerfile", true)]
    [TestCase("OutputType=Library DockerfileFile=Dockerfile", true)]
    [TestCase("OutputType=Library IsTestProject=true DockerfilePath=Dockerfile", false)]
    [TestCase("BuildKitWithoutCode=true", true)]
    public void Of_a_whole_tree_only_servers_and_projects_with_a_Dockerfile_make_images(string properties, bool makes)
    {
        var selection = Of("BuildKitEnabled=true " + properties);
        Assert.That((selection.Wanted, selection.MadeHere), Is.EqualTo((makes, makes)));
    }

    [TestCase("true", true)]
    [TestCase("yes", true)]
    [TestCase("on", true)]
    [TestCase("1", true)]
    [TestCase("auto", true)]
    [TestCase("False", false)]
    [TestCase("no", false)]
    [TestCase("off", false)]
    [TestCase("0", false)]
    [TestCase("", false)]
    public void The_switch_has_one_reader(string value, bool makes) =>
        Assert.That(Of($"OutputType=Exe BuildKitEnabled={value}").Wanted, Is.EqualTo(makes));

    [Test]
    public void A_switch_with_a_wrong_value_leads_to_the_plan_which_refuses_it()
    {
        Assert.That(Of("OutputType=Exe BuildKitEnabled=ture").Wanted, Is.True);
        Assert.That(Of("OutputType=Exe BuildKitReplacePublishContainer=ture").ReplacesPublishContainer, Is.True);
        Assert.That(PropertyTable.Check(Project("BuildKitEnabled=ture")).Single().Message, Does.Contain("Did you mean \"true\"?"));
    }

    [TestCase("_BuildKitBaking=true")]
    [TestCase("_BuildKitOneRuntime=true")]
    [TestCase("_BuildKitPurpose=Check")]
    [TestCase("_BuildKitPurpose=Write")]
    public void An_image_that_another_evaluation_makes_is_wanted_and_not_made_here(string property)
    {
        var selection = Of("OutputType=Exe BuildKitEnabled=true " + property);
        Assert.That((selection.Wanted, selection.MadeHere), Is.EqualTo((true, false)));
    }

    // Docker's commands are written in any case, over several lines, with flags before and after.
    [TestCase("COPY --from=publish . /app")]
    [TestCase("COPY \\\n  --from=publish . /app")]
    [TestCase("copy --from=publish . /app")]
    [TestCase("COPY --link --from=publish --chown=app . /app")]
    [TestCase("COPY --chown=app \\\n --link \\\n --from=publish . /app")]
    [TestCase("ADD --from=publish . /app")]
    [TestCase("  COPY   --from=publish   . /app")]
    [TestCase("RUN --mount=type=bind,from=other,target=/x true\nCOPY --from=publish a b /app/")]
    [TestCase("COPY --from=publish <<EOF /app\nx\nEOF")]
    public void A_Dockerfile_that_copies_published_files_needs_the_publish(string copy)
    {
        folder.Write("Dockerfile", "FROM scratch\n" + copy + "\n");
        var selection = Of("OutputType=Exe BuildKitEnabled=true UsingMicrosoftNETSdk=true");
        Assert.That((selection.PublishesOnce, selection.FromPublish), Is.EqualTo((true, false)));
    }

    [TestCase("COPY . /app")]
    [TestCase("# COPY --from=publish . /app\nCOPY . /app")]
    [TestCase("RUN echo COPY --from=publish . /app")]
    [TestCase("RUN <<EOF\nCOPY --from=publish . /app\nEOF")]
    [TestCase("COPY --from=published . /app")]
    [TestCase("FROM scratch AS publish\nFROM scratch\nCOPY --from=publish . /app", Description = "a stage of that name")]
    [TestCase("FROM scratch AS PUBLISH\nFROM scratch\nCOPY --from=publish . /app", Description = "names of stages have no case")]
    public void Another_Dockerfile_does_not(string text)
    {
        folder.Write("Dockerfile", "FROM scratch\n" + text + "\n");
        Assert.That(Of("OutputType=Exe BuildKitEnabled=true UsingMicrosoftNETSdk=true").PublishesOnce, Is.False);
    }

    [Test]
    public void Whether_a_publish_is_needed_and_what_the_request_gets_is_one_decision(
        [Values("COPY \\\n  --from=publish . /app", "COPY . /")] string copy)
    {
        using var project = new TestSettings($"FROM scratch\n{copy}\n").Published().Set("BuildKitImageSource", "Dockerfile");
        var needs = ImageSelection.Of(project.Build()).PublishesOnce;
        Assert.That(project.ReadRight().NamedContexts.Any(context => context.Name == "publish"), Is.EqualTo(needs));
    }

    [Test]
    public void A_context_of_the_projects_own_takes_the_place_of_the_publish()
    {
        folder.Write("Dockerfile", "FROM scratch\nCOPY --from=publish . /app\n");
        items["BuildKitNamedContext"] = [new SettingItem("publish", new Dictionary<string, string> { ["Source"] = "out" })];
        Assert.That(Of("OutputType=Exe BuildKitEnabled=true UsingMicrosoftNETSdk=true").PublishesOnce, Is.False);
    }

    [TestCase("", true, Description = "published files")]
    [TestCase("BuildKitReplacePublishContainer=true", true)]
    [TestCase("BuildKitImageSource=Dockerfile BuildKitDockerfile=other", false)]
    public void Published_files_are_the_source_without_a_Dockerfile(string properties, bool fromPublish)
    {
        if (properties.Contains("Replace", StringComparison.Ordinal))
        {
            folder.Write("Dockerfile", "FROM scratch\n");
        }

        var selection = Of("OutputType=Exe BuildKitEnabled=true UsingMicrosoftNETSdk=true " + properties);
        Assert.That((selection.FromPublish, selection.PublishesOnce), Is.EqualTo((fromPublish, fromPublish)));
    }

    [TestCase("ContainerRuntimeIdentifiers=linux-x64,linux-arm64", "linux-x64 linux-arm64")]
    [TestCase("ContainerRuntimeIdentifiers=linux-x64%3Blinux-arm64", "linux-x64 linux-arm64")]
    [TestCase("RuntimeIdentifiers=linux-x64;linux-arm64", "linux-x64 linux-arm64")]
    [TestCase("RuntimeIdentifiers=linux-x64;linux-arm64 IsRidAgnostic=true", "")]
    [TestCase("RuntimeIdentifiers=linux-x64;linux-arm64 RuntimeIdentifier=linux-x64", "")]
    [TestCase("RuntimeIdentifiers=linux-x64;linux-arm64 ContainerRuntimeIdentifier=linux-x64", "")]
    [TestCase("RuntimeIdentifiers=linux-x64;linux-arm64 BuildKitPlatforms=linux/amd64", "")]
    public void Runtime_identifiers_are_published_each_by_itself(string properties, string runtimes)
    {
        var selection = Of("OutputType=Exe BuildKitEnabled=true UsingMicrosoftNETSdk=true " + properties);
        Assert.That(string.Join(' ', selection.Runtimes), Is.EqualTo(runtimes));
        Assert.That(selection.PublishesOnce, Is.EqualTo(runtimes.Length == 0));
    }

    [TestCase("", true)]
    [TestCase("BuildKitBakeSolution=no", false)]
    [TestCase("BuildingInsideVisualStudio=true", false)]
    [TestCase("_IsPublishing=false", false)]
    [TestCase("SolutionPath=*Undefined*", false)]
    [TestCase("UsingMicrosoftNETSdk=true BuildKitImageSource=PublishOutput", false, Description = "its publishing would wait for the bake")]
    public void Images_of_a_solution_meet_when_none_needs_published_files(string properties, bool meets)
    {
        folder.Write("Dockerfile", "FROM scratch\n");
        Assert.That(
            Of("OutputType=Exe BuildKitEnabled=true _IsPublishing=true BuildingSolutionFile=true SolutionPath=/s/Shop.slnx "
                + properties).MeetsInBake, Is.EqualTo(meets));
    }

    [TestCase("OutputType=Exe", true)]
    [TestCase("OutputType=Library", false)]
    [TestCase("OutputType=Library EnableSdkContainerSupport=true", true)]
    [TestCase("OutputType=Library DockerfilePath=Dockerfile", true)]
    [TestCase("OutputType=Exe IsPublishable=false", false)]
    public void PublishContainer_is_replaced_where_the_SDK_makes_an_image(string properties, bool replaces)
    {
        Assert.That(Of("BuildKitReplacePublishContainer=true " + properties).ReplacesPublishContainer, Is.EqualTo(replaces));
        Assert.That(Of("BuildKitReplacePublishContainer=0 " + properties).ReplacesPublishContainer, Is.False);
    }

    [Test]
    public void In_a_container_without_an_engine_nothing_is_built()
    {
        environment["DOTNET_RUNNING_IN_CONTAINER"] = "true";
        environment["PATH"] = "/usr/bin:/opt/docker/bin";
        Assert.Multiple(() =>
        {
            Assert.That(Inside("pod"), Is.True);
            Assert.That(Inside("pod", "/var/run/docker.sock"), Is.False);
            Assert.That(Inside("pod", "/usr/bin/docker"), Is.False);
            Assert.That(Inside("pod", "/opt/docker/bin/docker"), Is.False, "wherever PATH has it");
            environment["DOCKER_HOST"] = "tcp://engine:2375";
            Assert.That(Inside("pod"), Is.False);
            Assert.That(Inside("buildkitsandbox", "/usr/bin/docker"), Is.True, "BuildKit's name of it");
        });

        bool Inside(string machine, params string[] files) => new ProjectKind(Project("OutputType=Exe"))
        {
            MachineName = machine,
            FileExists = files.Contains,
            System = HostSystem.Linux,
        }.IsInsideImageBuild;
    }

    [TestCase(HostSystem.Windows, @"C:\docker", @"C:\docker\docker.exe")]
    [TestCase(HostSystem.Windows, "", @"C:\Program Files\Docker\Docker\resources\bin\docker.exe")]
    [TestCase(HostSystem.MacOS, "/usr/bin", "/opt/homebrew/bin/docker")]
    public void A_container_with_Dockers_command_line_is_no_image_build_on_any_system(HostSystem system, string path, string docker)
    {
        environment["DOTNET_RUNNING_IN_CONTAINER"] = "true";
        environment["PATH"] = path;
        environment["PATHEXT"] = ".exe";
        environment["ProgramFiles"] = @"C:\Program Files";
        Assert.That(Inside(docker), Is.False);
        Assert.That(Inside(), Is.True);

        bool Inside(params string[] files) => new ProjectKind(Project("OutputType=Exe"))
        {
            MachineName = "pod",
            FileExists = files.Contains,
            System = system,
        }.IsInsideImageBuild;
    }

    [Test]
    public void Definitions_take_the_place_of_the_default_and_one_can_be_chosen()
    {
        Assert.That(Of("AssemblyName=Shop.Api").Images.Single().Include, Is.EqualTo("Shop.Api"));
        Assert.That(Of("").Images.Single().Include, Is.EqualTo("shop"), "the project's name");
        items["BuildKitImageDefinition"] = [new SettingItem("a", new Dictionary<string, string>()),
            new SettingItem("b", new Dictionary<string, string>())];
        Assert.That(Of("").Images.Select(image => image.Include), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Of("BuildKitOnlyImage=B").Images.Single().Include, Is.EqualTo("b"));
        Assert.That(Of("BuildKitEnabled=true OutputType=Library").Wanted, Is.True);
        items.Clear();
        Assert.That(Of("_BuildKitImagesFromFile=true").Images, Is.Empty, "a file says which images there are");
    }

    [TestCase("", "base app other", true)]
    [TestCase("BuildKitOnlyImage=app", "base app", true, Description = "with what it is built on")]
    [TestCase("BuildKitOnlyImage=other", "other", false)]
    [TestCase("BuildKitBakeImages=off", "base app other", false)]
    public void Several_images_are_made_in_one_bake(string properties, string images, bool bakes)
    {
        items["BuildKitImageDefinition"] =
        [
            new SettingItem("base", new Dictionary<string, string>()),
            new SettingItem("app", new Dictionary<string, string> { [ImageDescription.BuiltOn] = "base" }),
            new SettingItem("other", new Dictionary<string, string>()),
        ];
        var selection = Of("BuildKitBakeImages=true " + properties);
        Assert.That((string.Join(' ', selection.Images.Select(image => image.Include)), selection.BakesImages), Is.EqualTo((images, bakes)));
    }

    [Test]
    public void A_project_of_projects_bakes_theirs_and_makes_none()
    {
        items["BuildKitProject"] = [new SettingItem("a.csproj", new Dictionary<string, string>())];
        var selection = Of("BuildKitEnabled=true BuildKitWithoutCode=true");
        Assert.That((selection.BakesProjects, selection.MadeHere), Is.EqualTo((true, false)));
        Assert.That(Of("BuildKitEnabled=off BuildKitWithoutCode=true").BakesProjects, Is.False);
    }

    [TestCase("BuildKitOnlyImage=b", null)]
    [TestCase("BuildKitOnlyImage=nosuch", "the project has a, b")]
    [TestCase("BuildKitOnlyImage=nosuch SolutionPath=*Undefined*", "the project has a, b")]
    [TestCase("BuildKitOnlyImage=nosuch SolutionPath=/all.slnx", null)]
    [TestCase("BuildKitOnlyImage=nosuch _BuildKitBaking=true", null)]
    public void An_image_that_is_wanted_and_not_there_is_refused_unless_other_projects_may_have_it(string properties, string? expected)
    {
        items["BuildKitImageDefinition"] = [new SettingItem("a", new Dictionary<string, string>()),
            new SettingItem("b", new Dictionary<string, string>())];
        var wrong = ImageSelection.CheckOnlyImage(Project(properties), Of(properties));
        Assert.That(wrong?.Code, Is.EqualTo(expected is null ? null : "BK6126"));
        Assert.That(wrong?.Message ?? "", Does.Contain(expected ?? ""));
    }

    private ImageSelection Of(string properties) => ImageSelection.Of(Project(properties));

    private ProjectSettings Project(string properties)
    {
        folder.Write("shop.csproj", "<Project />");
        return new ProjectSettings(
            folder.Full("shop.csproj"), properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
                .GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.Last()[1], StringComparer.OrdinalIgnoreCase), items,
                new(environment));
    }
}
