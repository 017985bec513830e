namespace BuildKit.Core.Tests.DockerfileChecks;

/// <summary>
/// A Dockerfile with the tree around it, as the files in <c>Corpus</c> write it down: a title, the files (with a text, a
/// number of bytes or a project made by <c>@csproj</c>), the Dockerfile, and what is right for it.
/// </summary>
internal sealed record DockerfileCase(string Title)
{
    public List<(string Path, string Text)> Files { get; } = [];

    public string DockerfilePath { get; set; } = "";

    public string Dockerfile { get; set; } = "";

    public string Project { get; set; } = "";

    public string Target { get; set; } = "";

    public bool IsRepository { get; set; } = true;

    public string LineEnd { get; set; } = "\n";

    public string Context { get; set; } = "";

    /// <summary>What the checks must say, as "CODE line".</summary>
    public IReadOnlyList<string> Says { get; set; } = [];

    public override string ToString() => Title;

    public void WriteTo(TestFolder folder)
    {
        foreach (var (path, text) in Files)
        {
            folder.Write(path, Content(text));
        }

        folder.Write(DockerfilePath, Dockerfile.Replace("\n", LineEnd, StringComparison.Ordinal));
        if (IsRepository && !Directory.Exists(folder.Full(".git")))
        {
            folder.Make(".git");
        }
    }

    /// <summary>The project that asks: the one named, else the one beside the Dockerfile.</summary>
    public string ProjectPath => Project.Length > 0 ? Project
        : Files.Select(file => file.Path)
            .Single(path => path.EndsWith(".csproj", StringComparison.Ordinal)
                && Path.GetDirectoryName(path) == Path.GetDirectoryName(DockerfilePath));

    public string TargetFramework =>
        Files.Find(file => file.Path == ProjectPath).Text is { } text && text.StartsWith("@csproj ", StringComparison.Ordinal)
            ? text.Split(' ')[1]
            : "";

    private static string Content(string text)
    {
        var words = text.Split(' ');
        return words[0] == "@bytes" ? new string('x', int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture))
            : words[0] == "@csproj" ? ProjectText(words)
            : text.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
    }

    private static string ProjectText(string[] words)
    {
        string Value(string name) => words.FirstOrDefault(word => word.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
        var property = Value("prop").Split(':');
        return $"""
            <Project Sdk="{(words.Contains("web") ? "Microsoft.NET.Sdk.Web" : "Microsoft.NET.Sdk")}">
              <PropertyGroup>
                <TargetFramework>{words[1]}</TargetFramework>
                {(property.Length == 2 ? $"<{property[0]}>{property[1]}</{property[0]}>" : "")}
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", Value("refs").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(path => $"<ProjectReference Include=\"{path}\" />"))}
              </ItemGroup>
            </Project>
            """;
    }
}

/// <summary>The Dockerfiles in <c>Corpus</c>, of the shapes that repositories have.</summary>
internal static class DockerfileCorpus
{
    public static IReadOnlyList<DockerfileCase> All { get; } =
        [.. Directory.GetFiles(SourceFolder.Of("DockerfileChecks/Corpus"), "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(file => Read(File.ReadAllText(file).ReplaceLineEndings("\n")))];

    private static IEnumerable<DockerfileCase> Read(string text) =>
        ("\n" + text).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries).Where(part => part.Trim().Length > 0).Select(ReadCase);

    private static DockerfileCase ReadCase(string text)
    {
        var parts = text.Split("\n--- ");
        var head = parts[0].Split('\n');
        var one = new DockerfileCase(head[0].Trim());
        one.Files.AddRange(head.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Split(" | ", 2))
            .Select(pair => (pair[0].Trim(), pair.Length > 1 ? pair[1] : "x")));
        foreach (var part in parts.Skip(1))
        {
            var line = part.Split('\n')[0];
            var (name, value) = line.Split(' ', 2) is [var first, var second] ? (first, second.Trim()) : (line, "");
            switch (name)
            {
                case "Dockerfile":
                    (one.DockerfilePath, one.Dockerfile) = (value, part[(line.Length + 1)..] + "\n");
                    break;
                case "context":
                    one.Context = value;
                    break;
                case "says":
                    one.Says = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                    break;
                case "project":
                    one.Project = value;
                    break;
                case "target":
                    one.Target = value;
                    break;
                case "no":
                    one.IsRepository = false;
                    break;
                case "line":
                    one.LineEnd = "\r\n";
                    break;
                default:
                    throw new InvalidDataException($"{one.Title}: {line}");
            }
        }

        return one;
    }
}
