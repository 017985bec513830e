namespace BuildKit.Core.Projects;

/// <summary>An item of the project: its text and its metadata.</summary>
/// <param name="Include">Text of the item.</param>
/// <param name="Metadata">Metadata by name; a missing one is empty.</param>
public sealed record SettingItem(string Include, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Value of a metadata, or empty.</summary>
    public string this[string name] => Metadata.GetValueOrDefault(name, "").Trim();
}
