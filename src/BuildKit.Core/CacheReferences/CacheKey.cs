using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildKit.Core.CacheReferences;

/// <summary>What a key of a cache may have as value.</summary>
public enum CacheKeyKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of a list.</summary>
    Choice,

    /// <summary>A time in Go's form, for example <c>90s</c>.</summary>
    Duration,

    /// <summary>A folder on this machine.</summary>
    Folder,

    /// <summary>A secret: never in a project, since it would reach command lines and logs.</summary>
    Secret,
}

/// <summary>A key that a cache backend takes.</summary>
/// <param name="Name">Name in BuildKit's spelling.</param>
/// <param name="Kind">What it may have as value.</param>
public sealed partial record CacheKey(string Name, CacheKeyKind Kind = CacheKeyKind.Text)
{
    /// <summary>Values of a <see cref="CacheKeyKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it can be given for a cache that is read.</summary>
    public bool Reads { get; init; } = true;

    /// <summary>Whether it can be given for a cache that is written.</summary>
    public bool Writes { get; init; } = true;

    /// <summary>Where a secret comes from instead.</summary>
    public string Source { get; init; } = "";

    /// <summary>What is wrong with a value, or null.</summary>
    public string? Check(string value) => Kind switch
    {
        CacheKeyKind.Switch when value is not ("true" or "false") => $"{CacheBackend.MetadataOf(Name)} is \"{value}\", but it takes true or false",
        CacheKeyKind.Choice when !Choices.Contains(value) =>
            $"{CacheBackend.MetadataOf(Name)} is \"{value}\", but it takes {string.Join(", ", Choices)}",
        CacheKeyKind.Number when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
            $"{CacheBackend.MetadataOf(Name)} is \"{value}\", but it takes a whole number",
        CacheKeyKind.Duration when !DurationForm().IsMatch(value) =>
            $"{CacheBackend.MetadataOf(Name)} is \"{value}\", but it takes a time such as 90s or 10m",
        CacheKeyKind.Secret => $"{CacheBackend.MetadataOf(Name)} is a secret, and would reach command lines and logs; {Source}",
        _ => null,
    };

    [GeneratedRegex(@"^(?:[0-9]+(?:\.[0-9]+)?(?:h|m|s|ms))+\z")]
    private static partial Regex DurationForm();
}
