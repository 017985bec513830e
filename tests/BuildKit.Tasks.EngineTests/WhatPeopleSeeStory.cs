using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What a build shows, in each logger and verbosity: golden texts, with times, digests and addresses put out.</summary>
public sealed partial class WhatPeopleSeeStory : Story
{
    private static string Dockerfile =>
        $"FROM {BaseImages.Debian} AS build\nCOPY a.txt /a.txt\nRUN echo hello from a step\nFROM {BaseImages.Debian}\nCOPY --from=build /a.txt "
            + $"/a.txt\n";

    [TestCase("-v:q", null, "")]
    [TestCase("-v:m", null, """
          image -> pushed IMAGE:latest
              SIZE of SIZE new, TIME, because a.txt changed
              DIGEST
        """)]
    [TestCase("-v:m", "true", """
            image [build 2/3] COPY a.txt /a.txt  TIME
            image [build 3/3] RUN echo hello from a step  TIME
            image [stage-1 2/2] COPY --from=build /a.txt /a.txt  TIME
            image      IMAGE:latest
            digest     DIGEST  (SIZE, SIZE of it new)
            time       TIME   slowest: STEP TIME
            steps      N cached, N run
            cache      read IMAGE:devcache, wrote the same (SIZE)
            sent       SIZE context   pushed SIZE
          image -> pushed IMAGE:latest
              SIZE of SIZE new, TIME, because a.txt changed
              DIGEST
        """)]
    public async Task The_console_logger_shows(string verbosity, string? ci, string golden)
    {
        WriteDockerfile(Dockerfile);
        // The second build has a cache and an image to compare with, and runs every step.
        Project.Write("a.txt", Repository + "1");
        (await Project.DotnetAsync(["publish", "image.proj"])).Succeeded();
        Project.Write("a.txt", Repository + "2");
        var result = (await Project.DotnetAsync(["publish", "image.proj", "--no-restore", verbosity, "-nologo"],
            variables: new Dictionary<string, string?> { ["CI"] = ci })).Succeeded();
        Assert.That(Normal(result.Output), Is.EqualTo(golden));
    }

    [Test]
    public async Task The_console_logger_shows_at_v_n_what_was_decided_and_each_step_that_ran()
    {
        var lines = await SecondBuildAsync("-v:n");
        var first = lines.FindIndex(line => line.Trim() == "_BuildKitPlanBuilds:");
        Assert.That(string.Join('\n', lines[first..lines.FindIndex(line => line.Contains("Done Building Project", StringComparison.Ordinal))]),
            Is.EqualTo("""
                   _BuildKitPlanBuilds:
                     image: FOLDER/Dockerfile, context FOLDER (the nearest folder that has every COPY source (a.txt))
                   BuildKitEnsureBuilder:
                     Builder: default (docker driver) at ENGINE
                   BuildKitResolveCaches:
                     Caches of image: profile Development (this is no CI system): reads IMAGE:devcache, then IMAGE:buildcache; writes IMAGE:devcache
                   building the image:
                     Building image: the context changed.
                       image [build 2/3] COPY a.txt /a.txt  TIME
                       image [build 3/3] RUN echo hello from a step  TIME
                       image [stage-1 2/2] COPY --from=build /a.txt /a.txt  TIME
                     BK4003: No cache was read from IMAGE:buildcache: not found.
                       image      IMAGE:latest
                       digest     DIGEST  (SIZE, SIZE of it new)
                       time       TIME   slowest: STEP TIME
                       steps      N cached, N run
                       cache      read IMAGE:devcache, wrote the same (SIZE)
                       sent       SIZE context   pushed SIZE
                   _BuildKitReport:
                     image -> pushed IMAGE:latest
                         SIZE of SIZE new, TIME, because a.txt changed
                         DIGEST
            """));
    }

    [Test]
    public async Task The_console_logger_shows_everything_at_v_d()
    {
        var lines = await SecondBuildAsync("-v:d");
        var first = lines.FindIndex(line => line.Contains("Building image: ", StringComparison.Ordinal));
        // Steps that run side by side end in any order, BuildKit may open one again, and it tells the common base under either stage.
        var told = lines[first..(lines.FindIndex(line => line.Trim().StartsWith("sent ", StringComparison.Ordinal)) + 1)]
            .Select(line => line.Trim())
            .Where(line => !line.StartsWith("Assembly loaded", StringComparison.Ordinal) && !line.Contains(" FROM ", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal);
        Assert.That(string.Join('\n', told), Is.EqualTo("""
            BK4003: No cache was read from IMAGE:buildcache: not found.
            Building image: the context changed.
            cache      read IMAGE:devcache, wrote the same (SIZE)
            digest     DIGEST  (SIZE, SIZE of it new)
            docker buildx build …
            image      IMAGE:latest
            image [build 2/3] COPY a.txt /a.txt  TIME
            image [build 3/3] RUN echo hello from a step  TIME
            image [build 3/3] | hello from a step
            image [internal] load .dockerignore  TIME
            image [internal] load build context  TIME
            image [internal] load build definition from Dockerfile  TIME
            image [internal] load metadata for REGISTRY/debian:bookworm-slim  TIME
            image [stage-1 2/2] COPY --from=build /a.txt /a.txt  TIME
            image exporting cache to registry  TIME
            image exporting to image  TIME
            image importing cache manifest from IMAGE:buildcache  failed after TIME
            image importing cache manifest from IMAGE:devcache  TIME
            sent       SIZE context   pushed SIZE
            steps      N cached, N run
            time       TIME   slowest: STEP TIME
            """));
    }

    [Test]
    public async Task Images_that_are_built_at_once_do_not_mix_their_lines()
    {
        string[] names = ["first", "second", "third"];
        foreach (var name in names)
        {
            Project.Write($"{name}/{name}.proj", WithoutCode($"<ContainerRepository>{Repository}/{name}</ContainerRepository>"));
            Project.Write($"{name}/Dockerfile", $"FROM {BaseImages.Debian}\nRUN for i in 1 2 3 4 5 6 7 8 9; do echo {name} $i; sleep 0.1; done\n");
        }

        var projects = string.Join(';', names.Select(name => $"{name}/{name}.proj"));
        Project.Write("all.proj", $"""
            <Project>
              <Target Name="Build">
                <MSBuild Projects="{projects}" Targets="Restore" />
                <MSBuild Projects="{projects}" Targets="Publish" BuildInParallel="true" Properties="X=1" />
              </Target>
            </Project>
            """);
        var result = (await Project.DotnetAsync(["msbuild", "all.proj", "-m:3", "-v:m", "-nologo"],
            variables: new Dictionary<string, string?> { ["CI"] = "true", ["GITHUB_ACTIONS"] = "true" })).Succeeded();
        var lines = result.Output.Split('\n').Select(line => line.Trim()).ToList();
        foreach (var name in names)
        {
            var group = lines.FindIndex(line => line.StartsWith($"::group::{name} [2/2] RUN ", StringComparison.Ordinal));
            Assert.That(lines[(group + 1)..(group + 10)], Is.EqualTo(Enumerable.Range(1, 9).Select(i => $"| {name} {i}")), result.Output);
            var summary = lines.FindIndex(line => line.StartsWith($"{name} ", StringComparison.Ordinal)
                && line.EndsWith($"{Image}/{name}:latest", StringComparison.Ordinal) && !line.Contains("->", StringComparison.Ordinal));
            Assert.That(lines[(summary + 1)..(summary + 5)].Select(line => line.Split(' ')[0]),
                Is.EqualTo(new[] { "digest", "time", "steps", "sent" }), result.Output);
        }
    }

    [Test]
    public async Task The_binary_log_has_every_line_of_a_step_under_its_name()
    {
        WriteDockerfile(
            $"FROM {BaseImages.Debian} AS build\nRUN echo one; echo two\nFROM {BaseImages.Debian}\nRUN --mount=from=build,target=/b echo three\n");
        var result = (await Project.DotnetAsync(["publish", "image.proj", "-v:q"])).Succeeded();
        string[] Of(string step) =>
            [.. result.Log.Messages.Where(message => message.Contains($"image {step}", StringComparison.Ordinal))
                .Select(message => Times().Replace(message.Trim(), "TIME"))];
        Assert.That(Of("[build 2/2]"),
            Is.EqualTo(new[] { "image [build 2/2] | one", "image [build 2/2] | two", "image [build 2/2] RUN echo one; echo two  TIME" }));
        Assert.That(Of("[stage-1 2/2]"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task The_terminal_logger_shows_a_row_for_each_of_two_images()
    {
        Project.Write("image.proj", WithoutCode(items: $"""
            <BuildKitImageDefinition Include="api" ContainerRepository="{Repository}/api" BuildKitTargetStage="build" />
            <BuildKitImageDefinition Include="worker" ContainerRepository="{Repository}/worker" />
            """));
        Project.Write("Dockerfile", Dockerfile);
        Project.Write("a.txt", Repository + "1");
        // util-linux' script gives the command a terminal.
        var result = await Command.RunAsync(
            "script", ["-qec", "stty cols 130 rows 40; dotnet publish image.proj", "/dev/null"], Project.Folder,
            Project.EnvironmentWith(new Dictionary<string, string?> { ["TERM"] = "xterm-256color" }));
        var text = Escapes().Replace(result.Succeeded(), "");
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("building the image"), "the live line names the phase");
            Assert.That(text,
                Does.Match($@"api succeeded \([0-9.]+s\) → pushed {Image}/api:latest\r?\n    .*[0-9.]+ s.*\r?\n    sha256:[0-9a-f]{{64}}"));
            Assert.That(text, Does.Match($@"worker succeeded \([0-9.]+s\) → pushed {Image}/worker:latest"));
            Assert.That(text, Does.Match(@"image net10\.0 succeeded \([0-9.]+s\) → 2 images"));
        });
    }

    [Test]
    public async Task A_failed_step_shows_its_last_output_and_a_page()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN echo the reason; exit 5\n");
        var result = await Project.DotnetAsync(["publish", "image.proj", "-v:q"]);
        var error = result.FailedWith("BK3101");
        Assert.Multiple(() =>
        {
            Assert.That(error.Line, Is.EqualTo(2));
            Assert.That(result.Output, Does.Contain("the reason"));
            Assert.That(result.Output,
                Does.Contain("  Timeline: " + Directory.GetFiles(Project.Folder, "image.html", SearchOption.AllDirectories).Single()));
        });
    }

    // The second build has a cache and an image to compare with, and runs every step.
    private async Task<List<string>> SecondBuildAsync(string verbosity)
    {
        WriteDockerfile(Dockerfile);
        Project.Write("a.txt", Repository + "1");
        (await Project.DotnetAsync(["publish", "image.proj"])).Succeeded();
        Project.Write("a.txt", Repository + "2");
        var second = (await Project.DotnetAsync(["publish", "image.proj", "--no-restore", verbosity, "-nologo"])).Succeeded();
        return [.. Normal(second.Output).Split('\n')];
    }

    private string Normal(string output)
    {
        var text = output.Replace(Image, "IMAGE", StringComparison.Ordinal).Replace(Machine.Registry.Address, "REGISTRY", StringComparison.Ordinal)
            .Replace(Project.Folder, "FOLDER", StringComparison.Ordinal).TrimEnd();
        text = BuildCommand().Replace(text, "docker buildx build …");
        text = Endpoint().Replace(text, "ENGINE");
        text = Digests().Replace(text, "DIGEST");
        text = SlowestForm().Replace(text, "slowest: STEP $1");
        text = Times().Replace(text, "TIME");
        text = Sizes().Replace(text, "SIZE");
        text = Counts().Replace(text, "N $1");
        return string.Join('\n', text.Split('\n').Where(line => line.Trim().Length > 0 && !EndOfLog().IsMatch(line)));
    }

    [GeneratedRegex("docker buildx build --.*")]
    private static partial Regex BuildCommand();

    [GeneratedRegex(@"unix://\S+")]
    private static partial Regex Endpoint();

    [GeneratedRegex("sha256:[0-9a-f]{12,64}")]
    private static partial Regex Digests();

    [GeneratedRegex("slowest: .* ([0-9.]+ s)")]
    private static partial Regex SlowestForm();

    [GeneratedRegex(@"\b[0-9]+(?:\.[0-9])? s\b")]
    private static partial Regex Times();

    [GeneratedRegex(@"\b[0-9]+(?:\.[0-9])? (?:B|kB|MB|GB)\b")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"\b[0-9]+ (cached|run|of)\b")]
    private static partial Regex Counts();

    // MSBuild's own last lines.
    [GeneratedRegex(@"^(?:Build succeeded\.|Time Elapsed |BinaryLogger|\s+0 (?:Warning|Error)\(s\))")]
    private static partial Regex EndOfLog();

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)")]
    private static partial Regex Escapes();
}
