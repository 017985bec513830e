using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.EngineMessages;

/// <summary>A line of the table that leads from BuildKit's texts to the catalogue.</summary>
/// <param name="pattern">
/// What the message (see <see cref="EngineErrorText.Message"/>) looks like. Compared on failures only, so patterns are
/// neither compiled nor generated: that would cost every successful build. Empty where the steps say more than the text.
/// </param>
/// <param name="diagnose">Makes the diagnostic; null when, looked at closely, it is not this.</param>
internal sealed class EngineErrorRule(string pattern, Func<Match, EngineErrorInput, Diagnostic?> diagnose)
{
    internal Diagnostic? Apply(EngineErrorInput input)
    {
        var match = Regex.Match(input.Text.Message, pattern, RegexOptions.CultureInvariant);
        return match.Success ? diagnose(match, input) : null;
    }
}
