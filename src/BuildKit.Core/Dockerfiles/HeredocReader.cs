using System.Text;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Dockerfiles;

/// <summary>Finds here-documents in an instruction and reads their lines: https://docs.docker.com/reference/dockerfile/#here-documents.</summary>
internal static partial class HeredocReader
{
    /// <summary>The words of an instruction that open a here-document.</summary>
    public static IEnumerable<string> Words(string keyword, string arguments)
    {
        // One trigger is what Docker allows; a line of nothing but triggers must not take a copy of its rest for each.
        var rest = arguments.AsSpan();
        while (keyword == "ONBUILD" && rest.IndexOfAny(" \t\v\f\r") is var end and >= 0)
        {
            keyword = rest[..end].ToString().ToUpperInvariant();
            rest = rest[(end + 1)..];
        }

        arguments = rest.Length == arguments.Length ? arguments : rest.ToString();
        // The exec form is a JSON array: text in it is text.
        return keyword is "RUN" or "COPY" or "ADD" && arguments.Contains("<<", StringComparison.Ordinal) && !IsJson(arguments)
            ? ShellWords.Split(arguments).Where(IsOpening)
            : [];
    }

    /// <summary>Whether a word opens a here-document.</summary>
    public static bool IsOpening(string word) => OpeningForm().IsMatch(word);

    /// <summary>Reads the lines of one document and moves past its end; without an end it goes to the end of the file.</summary>
    public static DockerfileHeredoc Read(string word, string[] lines, ref int next)
    {
        var match = OpeningForm().Match(word);
        var written = match.Groups["name"].Value;
        var name = ShellWords.Unquote(written);
        var removesTabs = match.Groups["dash"].Length > 0;
        var content = new StringBuilder();
        while (next < lines.Length)
        {
            var line = lines[next++];
            line = removesTabs ? line.TrimStart('\t') : line;
            if (line.TrimEnd('\r') == name)
            {
                break;
            }

            // After the last line break of the file there is no further line.
            if (next < lines.Length || line.Length > 0)
            {
                content.Append(line).Append('\n');
            }
        }

        return new DockerfileHeredoc(name, content.ToString(), written.IndexOfAny(['"', '\'']) < 0);
    }

    private static bool IsJson(string arguments) => JsonWords.TryParse(arguments) is not null;

    [GeneratedRegex(@"^[0-9]*<<(?<dash>-?)\s*(?<name>[^<]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OpeningForm();
}
