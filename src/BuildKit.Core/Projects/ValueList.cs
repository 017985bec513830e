namespace BuildKit.Core.Projects;

/// <summary>
/// Lists in one property, in every spelling that people use on command lines, in YAML and in environment variables:
/// separated by <c>;</c>, <c>,</c>, <c>%3B</c> or a line break, with or without quotes around the whole or its parts.
/// </summary>
internal static class ValueList
{
    private static readonly char[] Separators = [';', ',', '\n', '\r'];

    /// <summary>The values, without empty ones and repetitions, in order.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        [.. text.Replace("%3B", ";", StringComparison.OrdinalIgnoreCase)
            .Replace("%2C", ",", StringComparison.OrdinalIgnoreCase)
            .Split(Separators)
            .Select(Unquote)
            .Where(value => value.Length > 0)
            .Distinct(StringComparer.Ordinal)];

    /// <summary>The text without spaces and quotes around it; shells and YAML leave those behind.</summary>
    public static string Unquote(string text) => text.Replace("\\\"", "\"", StringComparison.Ordinal).Trim().Trim('"', '\'').Trim();
}
