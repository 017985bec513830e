using System.Text.RegularExpressions;

namespace BuildKit.Core.EngineMessages;

/// <summary>Finds in the output of a step the files that its programs did not find.</summary>
internal static partial class MissingFiles
{
    /// <summary>Their paths as printed, the first named first; patterns where a program says what kind of file it looked for.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> output)
    {
        var text = string.Join('\n', output);
        var named = Named().Matches(text).Select(match => match.Groups["path"].Value);
        return [.. (NoProject().IsMatch(text) ? named.Concat(["*.csproj", "*.sln", "*.slnx", "*.fsproj"]) : named).Distinct().Take(10)];
    }

    // MSBuild, Python, Node.js, pip, npm and the shell, each in its own words.
    [GeneratedRegex("""
        MSB1009:[^\n]*\n+\s*Switch:\s*(?<path>\S+)
        |MSB3202:\s[^"\n]*"(?<path>[^"\n]+)"
        |MSB9008:\s[^\n]*?(?<path>[^\s"']+proj)\b
        |can't\ open\ file\ '(?<path>[^'\n]+)'
        |ENOENT:?[^\n]*?open\ '(?<path>[^'\n]+)'
        |No\ such\ file\ or\ directory:\ '(?<path>[^'\n]+)'
        |Cannot\ find\ module\ '(?<path>/[^'\n]+)'
        |(?<=^|[\s:'"‘])(?<path>[^\s:'"‘’]+)['"’]?:\ (?:No\ such\ file\ or\ directory|not\ found)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@"\bMSB1003:|Couldn't find a project to run")]
    private static partial Regex NoProject();
}
