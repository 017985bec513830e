using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What stands on a real terminal after a build, by MSBuild's terminal logger: times, digests and addresses are put out.</summary>
public sealed partial class TerminalStory : Story
{
    // Each test has steps of its own, or another one's would be cached.
    private string Dockerfile =>
        $"FROM {BaseImages.Debian} AS build\nCOPY a.txt /a.txt\nRUN echo hello from a step; : {Repository}\nFROM {BaseImages.Debian}\nCOPY --from=build /a.txt /a.txt\n";

    [TestCase(80)]
    [TestCase(200)]
    public async Task An_image_is_its_projects_row_and_at_v_q_nothing(int columns)
    {
        await BuiltBeforeAsync();
        Assert.That(await TerminalAsync("publish image.proj --no-restore", columns), Is.EqualTo("""
              image net10.0 succeeded (TIME) → pushed IMAGE:latest
                SIZE of SIZE new, TIME, because a.txt changed
                DIGEST
            Build succeeded in TIME
            """));
        Assert.That(await TerminalAsync("publish image.proj --no-restore -p:BuildKitForce=true -v:q", columns), Is.Empty);
        Assert.That(await TerminalAsync("publish image.proj --no-restore", columns), Is.EqualTo("""
              image net10.0 succeeded (TIME) → unchanged in the registry: IMAGE:latest
                DIGEST
            Build succeeded in TIME
            """));
    }

    [TestCase(80)]
    [TestCase(0)]
    public async Task One_switch_shows_what_was_decided_on_a_terminal_and_in_plain_output_alike(int columns)
    {
        await BuiltBeforeAsync();
        var lines = await LinesAsync("publish image.proj --no-restore -nologo -p:BuildKitProgress=details", columns);
        Assert.That(lines, Has.One.Match("^image .*(→|->) pushed IMAGE:latest$"));
        Assert.That(lines, Is.SupersetOf(new[]
        {
            "from       FOLDER/Dockerfile, context FOLDER (the nearest folder that has every COPY source (a.txt))",
            "builder    default (docker driver) at ENGINE",
            "reads      IMAGE:devcache, then IMAGE:buildcache",
            "writes     IMAGE:devcache",
            "step       [build 2/3] COPY a.txt /a.txt  TIME",
            "steps      N cached, N run",
            "sent       SIZE context   pushed SIZE",
        }));
        Assert.That(lines, Has.One.Match(@"^step +\[build 3/3\] RUN echo hello .*  TIME$"));
    }

    [TestCase(80)]
    [TestCase(200)]
    [TestCase(0)]
    public async Task Every_target_says_on_a_terminal_what_it_says_in_plain_output_once(int columns)
    {
        await BuiltBeforeAsync();
        Task<IReadOnlyList<string>> Of(string target) => LinesAsync($"build image.proj --no-restore -nologo -t:{target}", columns);
        void IsResult(IReadOnlyList<string> lines, string result) =>
            Assert.That(lines, Has.One.Match($"^image (net10.0 succeeded \\(TIME\\) →|->) {result}$"));
        var list = await Of("BuildKitListCaches");
        IsResult(list, "1 cache in IMAGE, SIZE");
        Assert.That(list, Has.One.Match("^devcache +SIZE  [0-9-]{10} [0-9:]{5}  development$"));
        IsResult(await Of("BuildKitPruneCaches"), "would remove 0 caches of IMAGE \\(buildcache-\\*, older than 30 days\\)");
        var prune = await Of("BuildKitPruneBuilder -p:BuildKitBuilder=default");
        IsResult(prune, "SIZE of the builder \"default\" would be freed");
        Assert.That(prune, Has.One.EqualTo("nothing was removed; -p:BuildKitPruneBuilderDryRun=false does it"));
        var doctor = await Of("BuildKitDoctor");
        Assert.That(doctor, Has.One.Match("^image .*(→|->) [0-9]+ checks, ").And.One.Match("^ok +engine +version "));
        IsResult(await Of("BuildKitCheck"), "checked Dockerfile: nothing found");
        IsResult(await Of("BuildKitWriteDockerfile"), "image is made from FOLDER/Dockerfile; nothing is written for it.");
        IsResult(await Of("BuildKitExportDevSpace"), "wrote FOLDER/devspace.images.yaml");
        IsResult(await LinesAsync("build image.proj --no-restore -nologo", columns), "nothing to build; \"dotnet publish\" makes the image");
    }

    [TestCase(80)]
    [TestCase(0)]
    public async Task So_do_the_targets_that_read_and_write_several_images(int columns)
    {
        Project.Write("images.proj", WithoutCode(items: """<BuildKitProject Include="image.proj" />"""));
        WriteDockerfile(Dockerfile);
        Project.Write("a.txt", "a");
        Project.Write("import.proj", WithoutCode("<BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile>"));
        Project.Write("devspace.yaml", $"version: v2beta1\nimages: {{a: {{image: {Image}}}}}\n");
        (await Project.DotnetAsync(["restore", "images.proj"])).Succeeded();
        (await Project.DotnetAsync(["restore", "import.proj"])).Succeeded();
        Assert.That(await LinesAsync("build images.proj --no-restore -nologo -t:BuildKitWriteBake", columns),
            Has.One.Match("^images (net10.0 succeeded \\(TIME\\) →|->) wrote FOLDER/docker-bake.json: 1 target, for"));
        Assert.That(await LinesAsync("build import.proj --no-restore -nologo -t:BuildKitImportDevSpace", columns),
            Has.One.Match("^import (net10.0 succeeded \\(TIME\\) →|->) wrote FOLDER/devspace.images.targets: import it"));
    }

    [Test]
    public async Task Everything_is_there_at_v_d_with_the_page_that_was_asked_for()
    {
        await BuiltBeforeAsync();
        var lines = (await TerminalAsync("publish image.proj --no-restore -v:d -p:BuildKitReport=true", 240)).Split('\n').Select(line => line.Trim());
        Assert.That(lines, Is.SupersetOf(new[]
        {
            "image net10.0 succeeded (TIME) → pushed IMAGE:latest",
            "timeline: FOLDER/obj/Release/net10.0/buildkit/image.html",
            "Building image: the context changed.",
            "image [build 3/3] | hello from a step",
            "image exporting to image  TIME",
            "steps      N cached, N run",
            "sent       SIZE context   pushed SIZE",
        }));
        Assert.That(lines, Has.Some.Match("^image \\[build 3/3\\] RUN echo hello from a step; : .*  TIME$"));
    }

    [Test]
    public async Task A_failed_step_is_at_its_line_with_its_last_output_and_the_page()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN echo the reason; exit 3\n");
        Assert.That(await TerminalAsync("publish image.proj", 240), Does.EndWith("""
              image net10.0 failed with 1 error(s) (TIME)
                FOLDER/Dockerfile(2): error BK3101:
                  RUN echo the reason; exit 3 failed with exit code 3. Last output:
                      the reason
                    Timeline: FOLDER/obj/Release/net10.0/buildkit/image.html
            Build failed with 1 error(s) in TIME
            """));
    }

    private async Task BuiltBeforeAsync()
    {
        WriteDockerfile(Dockerfile);
        Project.Write("a.txt", Repository + "1");
        (await Project.DotnetAsync(["publish", "image.proj"])).Succeeded();
        Project.Write("a.txt", Repository + "2");
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string arguments, int columns) =>
        [.. (await TerminalAsync(arguments, columns)).Split('\n').Select(line => line.Trim())];

    // Without columns: what goes into a pipe.
    private async Task<string> TerminalAsync(string arguments, int columns)
    {
        var lines = columns == 0 ? (await Project.DotnetAsync(arguments.Split(' '))).Output.Split('\n')
            : await RealTerminal.RunAsync(columns, $"dotnet {arguments}", Project.Folder, Project.EnvironmentWith(null));
        var text = string.Join('\n', lines).Replace(Image, "IMAGE", StringComparison.Ordinal)
            .Replace(Project.Folder, "FOLDER", StringComparison.Ordinal)
            .Replace(Machine.Engine.Environment["DOCKER_HOST"], "ENGINE", StringComparison.Ordinal);
        text = Digests().Replace(text, "DIGEST");
        text = Times().Replace(text, "TIME");
        text = Sizes().Replace(text, "SIZE");
        return Counts().Replace(text, "N $1");
    }

    [GeneratedRegex("sha256:[0-9a-f]{12,64}")]
    private static partial Regex Digests();

    [GeneratedRegex(@"(?:[0-9]+m )?\b[0-9]+(?:\.[0-9])? ?s\b")]
    private static partial Regex Times();

    [GeneratedRegex(@"\b[0-9]+(?:\.[0-9])? (?:B|kB|MB|GB)\b")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"\b[0-9]+ (cached|run|of)\b")]
    private static partial Regex Counts();
}
