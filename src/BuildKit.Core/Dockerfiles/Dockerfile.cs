namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// A Dockerfile as far as a build needs to know it beforehand: stages, base images, sources, lines for diagnostics.
/// Format: https://docs.docker.com/reference/dockerfile/. Malformed text gives what can be read of it and never an
/// exception: BuildKit is the one that reports errors, with its own words.
/// </summary>
internal sealed class Dockerfile
{
    private readonly IReadOnlyList<string> lines;

    // Stages by their names, each with the numbers of those that have it, in order: files with thousands of stages exist.
    private readonly Dictionary<string, List<int>> byName;

    // Global arguments with the build arguments of the last question.
    private GlobalValues? known;

    private Dockerfile(string path, DockerfileReader reader)
    {
        Path = path;
        lines = reader.Lines;
        Directives = reader.Directives;
        EscapeCharacter = reader.EscapeCharacter;
        Instructions = reader.Instructions;
        GlobalArguments = DockerfileStages.GlobalArguments(Instructions);
        Stages = DockerfileStages.Of(Instructions, name => Expand(name, null));
        byName = Stages.Where(stage => stage.Name is not null).GroupBy(stage => stage.Name!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.Select(stage => stage.Index).ToList(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Path as given.</summary>
    public string Path { get; }

    /// <summary>
    /// Parser directives in lower case (<c>syntax</c>, <c>escape</c>, <c>check</c>):
    /// https://docs.docker.com/reference/dockerfile/#parser-directives.
    /// </summary>
    public IReadOnlyDictionary<string, string> Directives { get; }

    /// <summary>Character that joins lines and takes the meaning from the next one: a backslash or a backtick.</summary>
    public char EscapeCharacter { get; }

    /// <summary>All instructions, FROM included, in order.</summary>
    public IReadOnlyList<DockerfileInstruction> Instructions { get; }

    /// <summary>Arguments declared before the first FROM, the only ones that FROM sees.</summary>
    public IReadOnlyList<DockerfileArgument> GlobalArguments { get; }

    /// <summary>Stages in order.</summary>
    public IReadOnlyList<DockerfileStage> Stages { get; }

    /// <summary>Reads a file; what the file system throws is thrown.</summary>
    public static Dockerfile Load(string path) => Parse(path, File.ReadAllText(path));

    /// <summary>Reads text; the path is only kept.</summary>
    public static Dockerfile Parse(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Dockerfile(path, DockerfileReader.Read(text));
    }

    /// <summary>The stage that <c>--target</c> or <c>--from</c> means: by name without case, else by number.</summary>
    /// <returns>Null when there is none.</returns>
    public DockerfileStage? FindStage(string nameOrIndex) =>
        // Of two stages with one name the later hides the earlier, as in BuildKit.
        byName.TryGetValue(nameOrIndex, out var numbers) ? Stages[numbers[^1]]
        : int.TryParse(nameOrIndex, out var index) && index >= 0 && index < Stages.Count ? Stages[index] : null;

    /// <summary>The stage name that was probably meant; null when none is near.</summary>
    public string? Suggest(string name) => NearestName.Among(Stages.Select(stage => stage.Name).OfType<string>(), name);

    /// <summary>
    /// Image or stage that a stage starts from, with build arguments put in. An argument counts only when the file
    /// declares it before the first FROM. The platform arguments that BuildKit sets itself stay as <c>$NAME</c>
    /// unless given here.
    /// </summary>
    public string ResolveBase(DockerfileStage stage, IReadOnlyDictionary<string, string>? buildArguments = null)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return Expand(stage.BaseName, buildArguments);
    }

    /// <summary>The earlier stage that a stage starts from; null when it starts from an image.</summary>
    public DockerfileStage? BaseStageOf(DockerfileStage stage, IReadOnlyDictionary<string, string>? buildArguments = null)
    {
        if (!byName.TryGetValue(ResolveBase(stage, buildArguments), out var numbers))
        {
            return null;
        }

        // The last one above the stage.
        var above = numbers.BinarySearch(stage.Index);
        return (above < 0 ? ~above : above) is > 0 and var next ? Stages[numbers[next - 1]] : null;
    }

    /// <summary>Line and column, from 1, at which an instruction has a text; its first line and 0 when it has not.</summary>
    public (int Line, int Column) PlaceOf(DockerfileInstruction instruction, string text)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        for (var line = instruction.Line; text.Length > 0 && line <= instruction.EndLine; line++)
        {
            if (lines[line - 1].IndexOf(text, StringComparison.Ordinal) is var at and >= 0)
            {
                return (line, at + 1);
            }
        }

        return (instruction.Line, 0);
    }

    private string Expand(string text, IReadOnlyDictionary<string, string>? buildArguments)
    {
        if (!text.AsSpan().ContainsAny("$\\`'\""))
        {
            return text;
        }

        var global = known;
        if (global is null || !ReferenceEquals(global.Given, buildArguments))
        {
            known = global = new GlobalValues(this, buildArguments);
        }

        return VariableExpansion.Expand(text, EscapeCharacter, global.Lookup);
    }

    // What FROM sees: the global arguments, each with those above it put in, and the platform arguments.
    private sealed class GlobalValues
    {
        private readonly Dictionary<string, string?> values = [];

        public GlobalValues(Dockerfile dockerfile, IReadOnlyDictionary<string, string>? given)
        {
            Given = given;
            foreach (var argument in dockerfile.GlobalArguments)
            {
                values[argument.Name] = given?.GetValueOrDefault(argument.Name) ?? (argument.Default is { } written
                    ? VariableExpansion.Expand(written, dockerfile.EscapeCharacter, Lookup) : Lookup(argument.Name));
            }
        }

        public IReadOnlyDictionary<string, string>? Given { get; }

        public string? Lookup(string name) =>
            values.TryGetValue(name, out var value) ? value
            : !PlatformArguments.Contains(name) ? null
            : Given?.GetValueOrDefault(name) ?? "$" + name;
    }

    /// <summary>Set by BuildKit for every build: https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope.</summary>
    private static readonly HashSet<string> PlatformArguments =
    [
        "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT",
        "TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
    ];
}
