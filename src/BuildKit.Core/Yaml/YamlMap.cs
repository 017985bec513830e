using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Yaml;

/// <summary>A key of a map and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="Location">Where the key is written.</param>
internal sealed record YamlEntry(string Key, YamlNode Value, SourceLocation Location);

/// <summary>A map that keeps the order in which it is written.</summary>
/// <param name="location">Where it is written.</param>
internal sealed class YamlMap(SourceLocation location) : YamlNode(location)
{
    private readonly Dictionary<string, YamlEntry> byKey = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    /// <summary>Its entries in order.</summary>
    public IEnumerable<YamlEntry> Entries => order.Select(key => byKey[key]);

    /// <summary>How many entries it has.</summary>
    public int Count => order.Count;

    /// <inheritdoc/>
    public override string Kind => "a map";

    /// <summary>Value of a key; null when there is none.</summary>
    public YamlNode? this[string key] => byKey.GetValueOrDefault(key)?.Value;

    /// <summary>The entry of a key; null when there is none.</summary>
    public YamlEntry? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>Whether there is such a key.</summary>
    public bool Contains(string key) => byKey.ContainsKey(key);

    /// <summary>Sets a key; a new one comes last.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="at">Where it is written; null is where the value is.</param>
    public void Set(string key, YamlNode value, SourceLocation? at = null)
    {
        if (!byKey.ContainsKey(key))
        {
            order.Add(key);
        }

        byKey[key] = new YamlEntry(key, value, at ?? value.Location);
    }

    /// <summary>Removes a key.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string key) => byKey.Remove(key) && order.Remove(key);

    /// <inheritdoc/>
    public override YamlNode Clone()
    {
        var copy = new YamlMap(Location) { Tag = Tag };
        foreach (var entry in Entries)
        {
            copy.Set(entry.Key, entry.Value.Clone(), entry.Location);
        }

        return copy;
    }
}
