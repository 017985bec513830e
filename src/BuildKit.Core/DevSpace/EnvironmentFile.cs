using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Environments;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// A file of <c>NAME=VALUE</c> lines (<c>.env</c>), as DevSpace (github.com/joho/godotenv) and Compose
/// (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax) read it.
/// </summary>
internal static partial class EnvironmentFile
{
    // As many as Linux takes for one variable, and fewer.
    private const int MostCharacters = 100_000;

    /// <summary>The environment with what a file adds; what is set already wins.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="environment">The environment so far.</param>
    public static BuildEnvironment Join(string file, BuildEnvironment environment)
    {
        var own = new Dictionary<string, string>(environment.Names);
        var text = File.ReadAllText(file).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (Match line in Line().Matches(text))
        {
            var name = line.Groups["name"].Value;
            // Of two lines with one name the last counts.
            own[name] = Value(line, other => environment.TryGetValue(other, out var outer) ? outer : own.GetValueOrDefault(other));
        }

        return environment.WithMissing(own);
    }

    private static string Value(Match line, Func<string, string?> find)
    {
        if (line.Groups["single"] is { Success: true } single)
        {
            return single.Value;
        }

        if (line.Groups["double"] is { Success: true } quoted)
        {
            return Expand(Unescape(quoted.Value), find);
        }

        var plain = line.Groups["plain"].Value;
        var comment = plain.StartsWith('#') ? 0 : Comment().Match(plain) is { Success: true } found ? found.Index : plain.Length;
        return Expand(plain[..comment].Trim(), find);
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            // A dollar sign keeps its mark until variables are filled in.
            result.Append(text[i] switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '$' => "\\$", var other => other.ToString() });
        }

        return result.ToString();
    }

    // What becomes very long by variables that double each other stays as it is written.
    private static string Expand(string text, Func<string, string?> find) =>
        Filled(text, find) is { Length: <= MostCharacters } filled ? filled : text;

    private static string Filled(string text, Func<string, string?> find) => Variable().Replace(text, match =>
    {
        if (match.Value[0] == '\\')
        {
            return match.Value[1..];
        }

        var value = find(match.Groups["name"].Value);
        var fallback = match.Groups["default"];
        var isSet = match.Groups["colon"].Length > 0 ? !string.IsNullOrEmpty(value) : value is not null;
        return isSet || !fallback.Success ? value ?? "" : fallback.Value;
    });

    [GeneratedRegex(@"^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*(?:=|:)[ \t]*"
        + @"(?:'(?<single>[^']*)'|""(?<double>(?:\\.|[^""\\])*)""|(?<plain>[^\n]*))", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\s#")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\$|\$(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?:(?<colon>:?)-(?<default>[^}]*))?\})")]
    private static partial Regex Variable();
}
