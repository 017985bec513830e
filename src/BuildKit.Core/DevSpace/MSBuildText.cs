namespace BuildKit.Core.DevSpace;

/// <summary>Texts as a project file has them.</summary>
internal static class MSBuildText
{
    /// <summary>Seconds since 1970, when the project is read.</summary>
    public const string Timestamp = "$([System.DateTimeOffset]::UtcNow.ToUnixTimeSeconds())";

    /// <summary>Characters by chance, others each time that the project is read.</summary>
    public static string RandomCharacters(int count) => $"$([System.Guid]::NewGuid().ToString('N').Substring(0, {Math.Min(count, 32)}))";

    /// <summary>A text without what MSBuild would take for its own: a list, a property, an escape.</summary>
    public static string Escape(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("$", "%24", StringComparison.Ordinal)
        .Replace("@", "%40", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace("*", "%2A", StringComparison.Ordinal)
        .Replace("?", "%3F", StringComparison.Ordinal);
}
