namespace BuildKit.Tasks.EngineTests;

/// <summary>What is wrong in the project is found before the engine is called, and reported at the property's line.</summary>
public sealed class BadInputStory : Story
{
    private static readonly TestCaseData<string, string, string>[] Cases =
    [
        new("BuildKitTargetStage", "relase", "BK2004"),
        new("BuildKitDockerfile", "no/Dockerfile", "BK3001"),
        new("BuildKitContext", "no-such-folder", "BK3002"),
        new("ContainerRepository", "Shop//Api:1", "BK2002"),
        new("ContainerImageTag", "-1.0", "BK2003"),
        new("ContainerRegistry", "https://registry.example.com", "BK2013"),
        new("BuildKitPlatforms", "linux/", "BK2005"),
        new("BuildKitImageSource", "Magic", "BK2001"),
        new("BuildKitNetwork", "bridge", "BK2001"),
        new("BuildKitPush", "perhaps", "BK2001"),
    ];

    [TestCaseSource(nameof(Cases))]
    public async Task A_bad_value_is_refused_at_its_line(string property, string value, string code)
    {
        WriteDockerfile("FROM scratch AS release\nCOPY Dockerfile /\n", $"<{property}>{value}</{property}>");
        // The reader shows the first place of a name.
        var file = Project.PathOf("image.proj");
        var lines = (await File.ReadAllLinesAsync(file)).ToList();
        lines.RemoveAll(line => line.Contains($"<{property}>", StringComparison.Ordinal) && !line.Contains(value, StringComparison.Ordinal));
        await File.WriteAllLinesAsync(file, lines);

        var docker = new DockerRecorder(Project);
        var error = (await Project.DotnetAsync(["publish"], variables: docker.Variables)).FailedWith(code);
        Assert.That((error.File, error.Line),
            Is.EqualTo((file, lines.FindIndex(line => line.Contains($"<{property}>", StringComparison.Ordinal)) + 1)));
        Assert.That(error.Text, Does.Contain(value));
        Assert.That(docker.Calls, Is.Empty);
    }

    // In a build that has nothing to do no later step runs that could refuse them.
    [Test]
    public async Task What_only_later_steps_read_is_refused_with_the_rest_also_when_nothing_changed()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        string[] wrong =
        [
            "<BuildKitEnabled>ja</BuildKitEnabled>", "<BuildKitReplacePublishContainer>2</BuildKitReplacePublishContainer>",
            "<BuildKitReport>page</BuildKitReport>",
            "<BuildKitProgress>tty</BuildKitProgress>", "<BuildKitLint>loud</BuildKitLint>", "<BuildKitDriver>podman</BuildKitDriver>",
            "<BuildKitCacheProfile>Nightly</BuildKitCacheProfile>", "<BuildKitCacheType>tape</BuildKitCacheType>",
            "<BuildKitCacheWrite>perhaps</BuildKitCacheWrite>",
            "<BuildKitCacheCompression>lz4</BuildKitCacheCompression>", "<BuildKitTimeout>soon</BuildKitTimeout>",
            "<BuildKitProbeAge>old</BuildKitProbeAge>",
            "<BuildKitDevelopmentCacheTag>-</BuildKitDevelopmentCacheTag>",
        ];
        Project.Write("image.proj", WithoutCode(string.Join('\n', wrong), "<BuildKitCacheTo Include=\"s3\" />"));
        var docker = new DockerRecorder(Project);
        var result = await Project.DotnetAsync(["publish"], variables: docker.Variables);
        var lines = await File.ReadAllLinesAsync(Project.PathOf("image.proj"));
        Assert.That(result.Log.Errors.Select(error => (error.File, lines[error.Line - 1].Trim())),
            Is.EquivalentTo(wrong.Append("<BuildKitCacheTo Include=\"s3\" />").Select(line => (Project.PathOf("image.proj"), line))));
        Assert.That(result.Log.Errors.Select(error => error.Code).Distinct(), Is.EquivalentTo(new[] { "BK2001", "BK1033", "BK2003", "BK4004" }));
        Assert.That(docker.Calls, Is.Empty);
    }

    [Test]
    public async Task Of_published_files_all_that_is_wrong_is_told_at_once()
    {
        (string Line, string Code)[] properties =
        [
            ("<ContainerImageFormat>OCIv2</ContainerImageFormat>", "BK2001"),
            ("<ContainerWorkingDirectory>app</ContainerWorkingDirectory>", "BK2001"),
            ("<ContainerUser>the app</ContainerUser>", "BK2001"),
            ("<ContainerAppCommandInstruction>Cmd</ContainerAppCommandInstruction>", "BK2001"),
            ("<BuildKitStopSignal>SIGQUITE</BuildKitStopSignal>", "BK2001"),
            ("<BuildKitVolumes>data</BuildKitVolumes>", "BK2001"),
            ("<BuildKitSbom>all of it</BuildKitSbom>", "BK2001"),
            ("<BuildKitDockerfileFragment>none</BuildKitDockerfileFragment>", "BK2032"),
        ];
        (string Line, string Code)[] items =
        [
            ("<ContainerPort Include=\"99999\" />", "BK2011"),
            ("<ContainerLabel Include=\"a=b\" Value=\"x\" />", "BK2011"),
            ("<BuildKitRun Include=\"make\" CacheMount=\"cache\" />", "BK2001"),
            ("<BuildKitRun Include=\"make all\" Secret=\"npm\" />", "BK2011"),
            ("<BuildKitCopy Include=\"Program.cs\" Mode=\"rw\" />", "BK2001"),
            ("<BuildKitRegistryMirror Include=\"https://a.example.com\" Mirror=\"b.example.com\" />", "BK2011"),
            ("<BuildKitOutput Include=\"tarball\" />", "BK2001"),
        ];
        WriteConsole(string.Join('\n', properties.Select(one => one.Line)), string.Join('\n', items.Select(one => one.Line)));
        var docker = new DockerRecorder(Project);
        var result = await Project.DotnetAsync(["publish"], variables: docker.Variables);
        var lines = (await File.ReadAllLinesAsync(Project.PathOf("app.csproj"))).ToList();
        Assert.That(
            result.Log.Errors.Select(error => (error.Code, error.Line)),
            Is.EquivalentTo(properties.Concat(items)
                .Select(one => (one.Code, lines.FindIndex(line => line.Contains(one.Line, StringComparison.Ordinal)) + 1))), result.Output);
        Assert.That(docker.Calls, Has.None.StartsWith("buildx build"));
    }

    [Test]
    public async Task A_switch_with_a_wrong_value_is_not_off()
    {
        WriteConsole("<BuildKitEnabled>ja</BuildKitEnabled><BuildKitReplacePublishContainer>ja</BuildKitReplacePublishContainer>");
        var result = await Project.PublishAsync("-t:PublishContainer");
        Assert.That(result.Log.Errors.Select(error => error.Text),
            Has.All.Contain("\"ja\"").And.Some.Contain("BuildKitEnabled").And.Some.Contain("BuildKitReplacePublishContainer"));
        Assert.That(result.Log.Errors.Select(error => error.Code), Is.EqualTo(new[] { "BK2001", "BK2001" }));
        Assert.That(result.Log.Tasks, Has.No.Member("CreateNewImage"));
    }

    [Test]
    public async Task An_unknown_stage_lists_those_there_are()
    {
        WriteDockerfile("FROM scratch AS base\nFROM base AS release\nCOPY Dockerfile /\n", "<BuildKitTargetStage>relase</BuildKitTargetStage>");
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK2004");
        Assert.That(error.Text, Does.Contain("base, release").And.Contain("Did you mean \"release\"?"));
    }
}
