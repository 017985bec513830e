using System.Text.RegularExpressions;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// What the steps of a Dockerfile use of the context after <c>COPY . .</c>, which itself names nothing: the paths in RUN,
/// WORKDIR, CMD and ENTRYPOINT, seen from where the context was copied to. Guesses only: a path counts where it exists.
/// </summary>
internal sealed partial class UsedPaths
{
    // What these name is made by the step, or is text.
    private static readonly string[] Making =
        ["mkdir", "touch", "echo", "printf", "rm", "ln", "useradd", "adduser", "chown", "apt-get", "apk", "curl", "wget", "export", "set", "test",
            "["];

    // Options of dotnet with a value behind them.
    private static readonly string[] WithValue =
    [
        "-c", "-o", "-r", "-f", "-v", "-a", "-s",
        "--configuration", "--output", "--runtime", "--framework", "--verbosity", "--arch", "--os", "--source", "--self-contained",
    ];

    private static readonly (string Program, string Verbs, string[] Files)[] Implied =
    [
        ("dotnet", "restore|build|publish|test|pack|run", ["*.csproj", "*.fsproj", "*.vbproj", "*.sln", "*.slnx"]),
        ("npm", "ci|i|install|run", ["package.json"]), ("yarn", ".*", ["package.json"]), ("pnpm", "i|install|run|build", ["package.json"]),
        ("go", "build|mod|test|run", ["go.mod"]), ("cargo", "build|test|install", ["Cargo.toml"]), ("mvn", ".*", ["pom.xml"]),
        ("bundle", "install", ["Gemfile"]), ("composer", "install", ["composer.json"]),
        ("poetry", "install", ["pyproject.toml"]), ("uv", "sync", ["pyproject.toml"]),
    ];

    private readonly Dockerfile dockerfile;
    private readonly DockerfileVariables variables;
    private readonly List<UsedPath> found = [];

    private UsedPaths(Dockerfile dockerfile) =>
        (this.dockerfile, variables) = (dockerfile, new DockerfileVariables(dockerfile, new Dictionary<string, string>()));

    /// <summary>The paths, each once.</summary>
    public static IReadOnlyList<UsedPath> Of(Dockerfile dockerfile)
    {
        var paths = new UsedPaths(dockerfile);
        var ends = new Dictionary<DockerfileStage, Place>(ReferenceEqualityComparer.Instance);
        foreach (var stage in dockerfile.Stages)
        {
            var start = dockerfile.BaseStageOf(stage) is { } below && ends.TryGetValue(below, out var end) ? end : new Place("/", []);
            ends[stage] = stage.Instructions.Aggregate(start, paths.Read);
        }

        return [.. paths.found.DistinctBy(path => path.Written)];
    }

    /// <summary>Whether a step builds a .NET project.</summary>
    public static bool BuildsDotnet(Dockerfile dockerfile) =>
        dockerfile.Instructions.Any(instruction => instruction.Keyword == "RUN" && DotnetForm().IsMatch(TextOf(instruction)));

    private static string TextOf(DockerfileInstruction instruction)
    {
        var text = JsonWords.TryParse(instruction.Arguments) is { } words ? string.Join(' ', words) : instruction.Arguments;
        return string.Join('\n', [text, .. instruction.Heredocs.Select(document => document.Content)]);
    }

    private Place Read(Place place, DockerfileInstruction instruction)
    {
        switch (instruction.Keyword)
        {
            case "WORKDIR" when variables.TryExpand(instruction.Arguments) is { } folder:
                place = place with { Folder = place.Full(folder) };
                Add(place, ".", [""]);
                return place;
            case "COPY" or "ADD" when CopySources.Of(instruction, dockerfile.EscapeCharacter).Any(CopiedPaths.IsWholeContext):
                return Target(instruction) is { } target ? place with { Copies = [.. place.Copies, place.Full(target)] } : place;
            case "RUN":
                var mounted = instruction.Flags.Where(flag => flag.Name == "mount").Select(flag => WholeContextMount(flag.Value ?? ""))
                    .OfType<string>();
                ReadCommands(place with { Copies = [.. place.Copies, .. mounted.Select(place.Full)] }, TextOf(instruction));
                return place;
            case "CMD" or "ENTRYPOINT":
                ReadCommands(place, TextOf(instruction));
                return place;
            default:
                return place;
        }
    }

    private string? Target(DockerfileInstruction instruction)
    {
        var words = JsonWords.TryParse(instruction.Arguments) ?? [.. ShellWords.Split(instruction.Arguments, dockerfile.EscapeCharacter)];
        return words.Length < 2 ? null : variables.TryExpand(words[^1]);
    }

    private static string? WholeContextMount(string mount)
    {
        var fields = mount.Split(',').Select(field => field.Trim().Split('=', 2))
            .ToLookup(field => field[0].ToLowerInvariant(), field => field.Length > 1 ? field[1] : "");
        var isWhole = !fields["from"].Any() && (fields["type"].LastOrDefault() ?? "bind") == "bind"
            && SlashPath.InContext(fields["source"].Concat(fields["src"]).LastOrDefault() ?? "").Length == 0;
        return isWhole ? fields["target"].Concat(fields["dst"]).Concat(fields["destination"]).LastOrDefault() : null;
    }

    private void ReadCommands(Place place, string text)
    {
        foreach (var command in CommandEnd().Split(text))
        {
            var words = ShellWords.Split(command).Select(word => variables.TryExpand(word) ?? "$")
                .SkipWhile(word => AssignmentForm().IsMatch(word)).ToList();
            if (words.Count == 0 || Making.Contains(words[0]))
            {
                continue;
            }

            if (words[0] == "cd" && words.Count > 1)
            {
                place = place with { Folder = place.Full(words[1]) };
                Add(place, ".", [""]);
                continue;
            }

            ReadCommand(place, words);
        }
    }

    private void ReadCommand(Place place, List<string> words)
    {
        var named = false;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (words[0] == "dotnet" && WithValue.Contains(word))
            {
                i++;
            }
            else if (word is "--prefix" or "--cwd" or "-C" && i + 1 < words.Count)
            {
                place = place with { Folder = place.Full(words[++i]) };
            }
            else if (word.StartsWith("--project=", StringComparison.Ordinal))
            {
                (named, word) = (true, word["--project=".Length..]);
                Add(place, word, [word]);
            }
            else if (!word.StartsWith('-') && PathForm().IsMatch(word) && (FileForm().IsMatch(word) || (words[0] == "dotnet" && i > 1 && !named)))
            {
                named |= i > 0;
                Add(place, word, [word]);
            }
        }

        foreach (var (program, verbs, files) in Implied.Where(one => one.Program == words[0] && !named))
        {
            if (words.Count > 1 && Regex.IsMatch(words[1], $"^(?:{verbs})$", RegexOptions.CultureInvariant))
            {
                Add(place, files[0], files);
            }
        }
    }

    private void Add(Place place, string written, string[] paths)
    {
        var full = paths.SelectMany(path => place.InContext(path)).Where(path => path.Length > 0).Distinct().ToList();
        if (full.Count > 0)
        {
            found.Add(new UsedPath(place.InContext(written).FirstOrDefault() ?? written, full));
        }
    }

    [GeneratedRegex(@"\bdotnet\s+(?:restore|build|publish|test|pack|run|msbuild)\b")]
    private static partial Regex DotnetForm();

    [GeneratedRegex(@"&&|\|\||[;|\n]")]
    private static partial Regex CommandEnd();

    [GeneratedRegex(@"^[A-Za-z_]\w*=")]
    private static partial Regex AssignmentForm();

    [GeneratedRegex(@"^[\w.@+/-]+$")]
    private static partial Regex PathForm();

    // With a slash, or of a kind that repositories hold.
    [GeneratedRegex(@"[\w.]/\w|\.(?:\w*proj|slnx?|py|m?js|ts|sh|rb|go|txt|json|toml|ya?ml|props|targets|cs)$")]
    private static partial Regex FileForm();

    /// <summary>Where a step is, and where the context was copied to.</summary>
    private sealed record Place(string Folder, IReadOnlyList<string> Copies)
    {
        public string Full(string path) => SlashPath.Clean(path.StartsWith('/') ? path : Folder + "/" + path);

        /// <summary>The path in the context; nothing when it lies where no context was copied to.</summary>
        public IEnumerable<string> InContext(string path)
        {
            var full = Full(path);
            return Copies.Distinct().Select(copy => copy.TrimEnd('/') + "/")
                .Where(copy => full.StartsWith(copy, StringComparison.Ordinal)).Select(copy => full[copy.Length..]);
        }
    }
}
