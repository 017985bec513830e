using System.Text;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// Reads the lines of a Dockerfile into instructions, with the rules of BuildKit's own parser
/// (https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go).
/// </summary>
internal sealed partial class DockerfileReader
{
    private readonly string[] lines;
    private readonly Dictionary<string, string> directives = new(StringComparer.Ordinal);
    private readonly List<DockerfileInstruction> instructions = [];
    private int next;

    private DockerfileReader(string text)
    {
        // Carriage returns stay on the lines: a here-document keeps its own.
        lines = text.TrimStart('\uFEFF').Split('\n');
        EscapeCharacter = '\\';
    }

    public IReadOnlyList<string> Lines => lines;

    public IReadOnlyDictionary<string, string> Directives => directives;

    public IReadOnlyList<DockerfileInstruction> Instructions => instructions;

    public char EscapeCharacter { get; private set; }

    public static DockerfileReader Read(string text)
    {
        var reader = new DockerfileReader(text);
        reader.ReadDirectives();
        while (reader.next < reader.lines.Length)
        {
            reader.ReadInstruction();
        }

        return reader;
    }

    private void ReadDirectives()
    {
        while (next < lines.Length && DirectiveForm().Match(lines[next].Trim()) is { Success: true } match)
        {
            var value = match.Groups["value"].Value;
            // The second of its kind is an error, which BuildKit reports; the first one counts here.
            if (directives.TryAdd(match.Groups["name"].Value.ToLowerInvariant(), value)
                && match.Groups["name"].Value.Equals("escape", StringComparison.OrdinalIgnoreCase)
                && value is "`" or "\\")
            {
                EscapeCharacter = value[0];
            }

            next++;
        }
    }

    private void ReadInstruction()
    {
        var first = next + 1;
        var line = lines[next++].Trim('\r').TrimStart();
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        var text = new StringBuilder();
        while (EndsInContinuation(ref line))
        {
            text.Append(line);
            line = "";
            // Comments and empty lines between continued lines are skipped; both occur in real files.
            while (next < lines.Length && (lines[next].AsSpan().Trim() is { Length: 0 } || lines[next].AsSpan().TrimStart()[0] == '#'))
            {
                next++;
            }

            if (next == lines.Length)
            {
                break;
            }

            line = lines[next++].TrimEnd('\r');
        }

        text.Append(line);
        AddInstruction(text.ToString().Trim(), first);
    }

    private bool EndsInContinuation(ref string line)
    {
        var end = line.TrimEnd(' ', '\t');
        // Two escape characters at the end are one that means itself.
        if (end.Length == 0 || end[^1] != EscapeCharacter || (end.Length > 1 && end[^2] == EscapeCharacter))
        {
            return false;
        }

        line = end[..^1];
        return true;
    }

    private void AddInstruction(string text, int first)
    {
        var space = text.IndexOfAny([' ', '\t', '\v', '\f', '\r']);
        var keyword = (space < 0 ? text : text[..space]).ToUpperInvariant();
        if (keyword.Length == 0)
        {
            return;
        }

        var flags = FlagReader.Read(space < 0 ? "" : text[space..], EscapeCharacter, out var arguments);
        var heredocs = HeredocReader.Words(keyword, arguments)
            .Select(word => HeredocReader.Read(word, lines, ref next))
            .ToList();
        var end = Math.Min(next, lines.Length);
        instructions.Add(new DockerfileInstruction(keyword, flags, arguments, heredocs, first, end));
    }

    [GeneratedRegex(@"^#\s*(?<name>syntax|escape|check)\s*=\s*(?<value>\S.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DirectiveForm();
}
