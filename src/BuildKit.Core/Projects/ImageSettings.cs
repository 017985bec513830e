namespace BuildKit.Core.Projects;

/// <summary>An item of the project: its text and its metadata.</summary>
/// <param name="Include">Text of the item.</param>
/// <param name="Metadata">Metadata by name; a missing one is empty.</param>
public sealed record SettingItem(string Include, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Value of a metadata, or empty.</summary>
    public string this[string name] => Metadata.GetValueOrDefault(name, "").Trim();
}

/// <summary>
/// What a project says about one image, as written: properties and items under their MSBuild names. Nothing here is
/// checked; <c>BuildRequestReader</c> does that.
/// </summary>
/// <param name="Name">Name of the image definition.</param>
/// <param name="ProjectFile">Full path of the project.</param>
/// <param name="IntermediateFolder">Full path of the folder for our own files.</param>
/// <param name="Properties">Values by property name; a missing one is empty.</param>
/// <param name="Items">Items by item name.</param>
/// <param name="Environment">The environment of the build.</param>
public sealed record ImageSettings(
    string Name,
    string ProjectFile,
    string IntermediateFolder,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyDictionary<string, IReadOnlyList<SettingItem>> Items,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>
    /// What the same project says when it is published for each of several runtime identifiers; empty for one publish.
    /// </summary>
    public IReadOnlyList<ImageSettings> Runtimes { get; init; } = [];

    /// <summary>Value of a property without stray quotes and spaces; empty means not set.</summary>
    public string this[string property] => ValueList.Unquote(Properties.GetValueOrDefault(property, ""));

    /// <summary>Folder of the project; relative paths start here.</summary>
    public string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>Items of a name that belong to this image: those without <c>Image</c> metadata, and those that name it.</summary>
    public IEnumerable<SettingItem> ItemsOf(string name) =>
        Items.GetValueOrDefault(name, []).Where(item =>
            item["Image"].Length == 0 || item["Image"].Equals(Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Full path of a path that the project wrote; back-slashes are read as slashes.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="root">Full path of the folder it is relative to; null for the project's.</param>
    public string FullPath(string path, string? root = null) => Path.GetFullPath(
        Path.Combine(root ?? ProjectFolder, OperatingSystem.IsWindows() ? path : path.Replace('\\', '/')));

    /// <summary>What names and places an image, without its items: metadata of its definition wins over properties.</summary>
    /// <param name="name">Name of the image definition.</param>
    /// <param name="projectFile">Full path of the project.</param>
    /// <param name="properties">The project's properties.</param>
    /// <param name="metadata">The definition's metadata.</param>
    /// <param name="environment">The environment of the build.</param>
    public static ImageSettings Of(
        string name, string projectFile, IReadOnlyDictionary<string, string> properties, IReadOnlyDictionary<string, string> metadata,
        IReadOnlyDictionary<string, string> environment)
    {
        var values = new Dictionary<string, string>(properties, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in metadata.Where(pair => pair.Value.Length > 0))
        {
            values[key] = value;
        }

        return new ImageSettings(name, projectFile, "", values, new Dictionary<string, IReadOnlyList<SettingItem>>(), environment);
    }
}
