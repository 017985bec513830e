using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Lists of tags as people write them in a shell, and as a YAML pipeline hands them to one.</summary>
public sealed class TagSpellingStory : Story
{
    private static readonly string[] Spellings =
    [
        """dotnet msbuild -p:ContainerImageTags='"1.4.0;latest"'""",
        """dotnet msbuild -p:ContainerImageTags=\"1.4.0\;latest\" """,
        """dotnet msbuild "-p:ContainerImageTags=\"1.4.0;latest\"" """,
        "dotnet msbuild -p:ContainerImageTags=1.4.0%3Blatest",
        "dotnet msbuild -p:ContainerImageTags=1.4.0%2Clatest",
        "ContainerImageTags='1.4.0;latest' dotnet msbuild",
        "ContainerImageTags='1.4.0,latest' dotnet msbuild",
        "ContainerImageTags=$'1.4.0\\n  latest\\n' dotnet msbuild",
        "ContainerImageTags='\"1.4.0;latest\"' dotnet msbuild",
        "dotnet msbuild -p:ContainerImageTag=1.4.0 -p:ContainerImageTags=latest",
        // env: of a workflow step with a block of lines.
        "export ContainerImageTags=\"$(printf '%s\\n' 1.4.0 latest)\"; dotnet msbuild",
    ];

    [Test]
    public async Task Every_spelling_gives_both_tags()
    {
        WriteDockerfile("FROM scratch\n");
        var wrong = new List<string>();
        foreach (var spelling in Spellings)
        {
            var result = await Command.RunAsync(
                "bash", ["-c", spelling.TrimEnd() + " image.proj -t:_BuildKitPlanBuilds -getItem:_BuildKitPlan"], Project.Folder, Project.EnvironmentWith(null));
            var plan = result.ExitCode == 0
                ? JsonDocument.Parse(result.Output).RootElement.GetProperty("Items").GetProperty("_BuildKitPlan")[0].GetProperty("References").GetString()
                : result.Output;
            if (plan != $"{Image}:1.4.0;{Image}:latest")
            {
                wrong.Add($"{spelling}: {plan}");
            }
        }

        Assert.That(string.Join('\n', wrong), Is.Empty);
    }
}
