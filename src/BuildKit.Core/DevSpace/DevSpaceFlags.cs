using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;

namespace BuildKit.Core.DevSpace;

/// <summary>What properties say in the place of DevSpace's flags.</summary>
internal static partial class DevSpaceFlags
{
    private static readonly char[] Separators = [';', ',', '\n', '\r'];

    /// <summary>Names of profiles in order, repetitions included: the last of them counts (<c>-p</c>).</summary>
    public static IReadOnlyList<string> Profiles(string text) =>
        [.. text.Replace("%3B", ";", StringComparison.OrdinalIgnoreCase).Split(Separators).Select(ValueList.Unquote).Where(name => name.Length > 0)];

    /// <summary>Variables as <c>NAME=VALUE</c>, with semicolons between (<c>--var</c>).</summary>
    /// <param name="text">The list; a semicolon before something that is no variable belongs to the value.</param>
    /// <param name="at">Place for the diagnostic.</param>
    /// <exception cref="DiagnosticException">BK6123.</exception>
    public static IReadOnlyDictionary<string, string> Variables(string text, SourceLocation at)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Separator().Split(text.Replace("%3B", ";", StringComparison.OrdinalIgnoreCase)).Where(part => part.Trim().Length > 0))
        {
            var written = ValueList.Unquote(part);
            if (Form().Match(written) is not { Success: true } match)
            {
                throw new DiagnosticException(DevSpaceDiagnostics.WrongVariable.At(at, written));
            }

            variables[match.Groups["name"].Value.Trim()] = match.Groups["value"].Value.Trim();
        }

        return variables;
    }

    [GeneratedRegex(@"[;\r\n]+(?=\s*[A-Za-z0-9_.-]+=|\s*\z)")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9_.-]+)=(?<value>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Form();
}
