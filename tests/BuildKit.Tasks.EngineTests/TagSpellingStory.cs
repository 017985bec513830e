using System.Text.Json;
using BuildKit.Core.Yaml;

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
    ];

    // Steps of a pipeline, which a CI system reads as YAML and hands to the shell. Azure Pipelines writes variables in capitals.
    private const string Pipeline = """
        - run: dotnet msbuild -p:ContainerImageTags=1.4.0%3Blatest
        - run: |
            dotnet msbuild \
              "-p:ContainerImageTags=\"1.4.0;latest\""
        - run: >
            dotnet msbuild
            -p:ContainerImageTags='"1.4.0;latest"'
        - run: dotnet msbuild
          env:
            ContainerImageTags: 1.4.0;latest
        - run: dotnet msbuild
          env:
            CONTAINERIMAGETAGS: "1.4.0,latest"
        - run: dotnet msbuild
          env:
            ContainerImageTags: |
              1.4.0
              latest
        - run: dotnet msbuild
          env:
            ContainerImageTags: >-
              1.4.0,
              latest
        """;

    [Test]
    public async Task Every_spelling_gives_both_tags()
    {
        WriteDockerfile("FROM scratch\n");
        var wrong = new List<string>();
        foreach (var (spelling, variables) in Spellings.Select(spelling => (spelling, new Dictionary<string, string?>())).Concat(Steps()))
        {
            var result = await Command.RunAsync(
                "bash", ["-e", "-c", spelling.TrimEnd() + " image.proj -t:_BuildKitPlanBuilds -getItem:_BuildKitPlan"], Project.Folder,
                Project.EnvironmentWith(variables));
            var plan = result.ExitCode == 0
                ? JsonDocument.Parse(result.Output).RootElement.GetProperty("Items").GetProperty("_BuildKitPlan")[0].GetProperty("References")
                    .GetString()
                : result.Output;
            if (plan != $"{Image}:1.4.0;{Image}:latest")
            {
                wrong.Add($"{spelling} {string.Join(' ', variables)}: {plan}");
            }
        }

        Assert.That(string.Join('\n', wrong), Is.Empty);
    }

    private static IEnumerable<(string Command, Dictionary<string, string?> Variables)> Steps() =>
        ((YamlList)YamlReader.Read(Pipeline, "pipeline.yml")!).Items.Cast<YamlMap>().Select(step => (
            ((YamlScalar)step["run"]!).Text,
            (step["env"] as YamlMap)?.Entries.ToDictionary(entry => entry.Key, string? (entry) => ((YamlScalar)entry.Value).Text) ?? []));
}
