using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What stands on a real terminal after a build, by MSBuild's terminal logger: times, digests and addresses are put out.</summary>
public sealed partial class TerminalStory : Story
{
    // Each test has steps of its own, or another one's would be cached.
    private string Dockerfile =>
        $"FROM {BaseImages.Debian} AS build\nCOPY a.txt /a.txt\nRUN echo hello from a step; : {Repository}\nFROM {BaseImages.Debian}\nCOPY --from=build /a.txt /a.txt\n";

    [Test]
    public async Task An_image_is_its_projects_row_and_at_v_q_nothing()
    {
        await BuiltBeforeAsync();
        Assert.That(await TerminalAsync("--no-restore"), Is.EqualTo("""
              image net10.0 succeeded (TIME) → IMAGE:latest@DIGEST…  TIME, N of 3 steps cached, pushed SIZE
            Build succeeded in TIME
            """));
        Assert.That(await TerminalAsync("--no-restore -p:BuildKitForce=true -v:q"), Is.Empty);
        Assert.That(await TerminalAsync("--no-restore"), Is.EqualTo("""
              image net10.0 succeeded (TIME) → IMAGE:latest@DIGEST…  unchanged
            Build succeeded in TIME
            """));
    }

    [Test]
    public async Task Everything_is_there_at_v_d_with_the_page_that_was_asked_for()
    {
        await BuiltBeforeAsync();
        var lines = (await TerminalAsync("--no-restore -v:d -p:BuildKitReport=true")).Split('\n').Select(line => line.Trim());
        Assert.That(lines, Is.SupersetOf(new[]
        {
            "image net10.0 succeeded (TIME) → IMAGE:latest@DIGEST…  TIME, N of 3 steps cached, pushed SIZE, timeline: "
                + "FOLDER/obj/Debug/net10.0/buildkit/image.html",
            "Building image: an input changed.",
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
        Assert.That(await TerminalAsync(""), Does.EndWith("""
              image net10.0 failed with 1 error(s) (TIME)
                FOLDER/Dockerfile(2): error BK3101:
                  RUN echo the reason; exit 3 failed with exit code 3. Last output:
                      the reason
                    Timeline: FOLDER/obj/Debug/net10.0/buildkit/image.html
            Build failed with 1 error(s) in TIME
            """));
    }

    private async Task BuiltBeforeAsync()
    {
        WriteDockerfile(Dockerfile);
        Project.Write("a.txt", Repository + "1");
        (await Project.DotnetAsync(["build", "image.proj"])).Succeeded();
        Project.Write("a.txt", Repository + "2");
    }

    private async Task<string> TerminalAsync(string arguments)
    {
        var (_, _, lines) = await TerminalScreen.RunAsync($"dotnet build image.proj {arguments}", Project.Folder, Project.EnvironmentWith(null));
        var text = string.Join('\n', lines).Replace(Image, "IMAGE", StringComparison.Ordinal)
            .Replace(Project.Folder, "FOLDER", StringComparison.Ordinal);
        text = Digests().Replace(text, "DIGEST");
        text = Times().Replace(text, "TIME");
        text = Sizes().Replace(text, "SIZE");
        return Counts().Replace(text, "N $1");
    }

    [GeneratedRegex("sha256:[0-9a-f]{12,64}")]
    private static partial Regex Digests();

    [GeneratedRegex(@"(?:[0-9]+m )?\b[0-9]+(?:\.[0-9])? ?s\b")]
    private static partial Regex Times();

    [GeneratedRegex(@"\b[0-9]+(?:\.[0-9])? (?:B|kB|MB)\b")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"\b[0-9]+ (cached|run|of)\b")]
    private static partial Regex Counts();
}
