namespace BuildKit.Core.Projects;

/// <summary>The spellings of a switch, in any case of letters: the one reader of all of them.</summary>
public static class SwitchText
{
    private static readonly string[] On = ["true", "yes", "on", "1"];
    private static readonly string[] Off = ["false", "no", "off", "0"];

    /// <summary>All spellings, those for people first.</summary>
    public static IReadOnlyList<string> Accepted { get; } = [.. On.Zip(Off, (on, off) => new[] { on, off }).SelectMany(pair => pair)];

    /// <summary>Accepted values as messages and the reference list them: of the spellings of a switch, one for each value.</summary>
    public static IReadOnlyList<string> ForPeople(IReadOnlyList<string> values) =>
        Accepted.All(values.Contains) ? [.. values.Except(Accepted.Skip(2))] : values;

    /// <summary>Reads a switch.</summary>
    /// <param name="text">The text; without stray quotes and spaces.</param>
    /// <param name="value">Its value; null for an empty text and for <c>auto</c>, which stand for the default.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(string text, out bool? value)
    {
        value = On.Contains(text, StringComparer.OrdinalIgnoreCase) ? true : Off.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : null;
        return value is not null || text.Length == 0 || text.Equals("auto", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a value of the SDK's is true: as its conditions read it, <c>true</c> in any case of letters and nothing else.</summary>
    public static bool IsTrueOfSdk(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text is a spelling of "on".</summary>
    public static bool IsOn(string text) => TryRead(ValueList.Unquote(text), out var value) && value == true;
}
