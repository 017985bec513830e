using System.Text.RegularExpressions;

namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// What a Dockerfile reads from the build context: sources of COPY and ADD without <c>--from</c>
/// (https://docs.docker.com/reference/dockerfile/#copy) and bind mounts without <c>from</c>
/// (https://docs.docker.com/reference/dockerfile/#run---mounttypebind). ONBUILD is left out: it runs in another build.
/// </summary>
internal static partial class CopySources
{
    /// <summary>All sources of the file, in order.</summary>
    public static IReadOnlyList<CopySource> Of(Dockerfile dockerfile)
    {
        ArgumentNullException.ThrowIfNull(dockerfile);
        return [.. dockerfile.Instructions.SelectMany(instruction => Of(instruction, dockerfile.EscapeCharacter))];
    }

    /// <summary>The sources of one instruction.</summary>
    /// <param name="instruction">Any instruction.</param>
    /// <param name="escape">Escape character of its file.</param>
    public static IReadOnlyList<CopySource> Of(DockerfileInstruction instruction, char escape)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        var written = instruction.Keyword switch
        {
            "COPY" or "ADD" when instruction.FlagValue("from") is null => Copied(instruction),
            "RUN" => instruction.Flags.Where(flag => flag.Name == "mount").Select(flag => BindSource(flag.Value ?? "")).OfType<string>(),
            _ => [],
        };
        return [.. written.Select(word => new CopySource(Unquote(word, escape), instruction.Keyword, instruction.Line, HasVariable(word, escape)))];
    }

    private static IEnumerable<string> Copied(DockerfileInstruction instruction)
    {
        var words = JsonWords.TryParse(instruction.Arguments)
            ?? instruction.Arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        // The last one is the destination.
        return words.SkipLast(1)
            .Where(word => !HeredocReader.IsOpening(word))
            .Where(word => instruction.Keyword != "ADD" || !RemoteForm().IsMatch(word.Trim('"', '\'')));
    }

    private static string? BindSource(string mount)
    {
        var fields = mount.Split(',')
            .Select(field => field.Trim().Split('=', 2))
            .ToLookup(field => field[0].ToLowerInvariant(), field => field.Length > 1 ? field[1] : "");
        return fields["from"].Any() || (fields["type"].LastOrDefault() ?? "bind") != "bind"
            ? null
            : fields["source"].Concat(fields["src"]).LastOrDefault();
    }

    private static string Unquote(string word, char escape)
    {
        var text = ShellWords.Unquote(word, escape);
        // Where the backtick escapes, a backslash divides folders (Windows images).
        return escape == '`' ? text.Replace('\\', '/') : text;
    }

    private static bool HasVariable(string word, char escape)
    {
        var found = false;
        VariableExpansion.Expand(word, escape, _ =>
        {
            found = true;
            return null;
        });
        return found || word.Contains("${", StringComparison.Ordinal);
    }

    /// <summary>Addresses and repositories that ADD fetches; <c>github.com/a/b</c> without a scheme is a path for ADD.</summary>
    [GeneratedRegex(@"^(?:[A-Za-z][A-Za-z0-9+.-]*://|[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:)", RegexOptions.CultureInvariant)]
    private static partial Regex RemoteForm();
}
