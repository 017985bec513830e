using BuildKit.Core.Environments;

namespace BuildKit.Core.Projects;

/// <summary>
/// What a project says about one image, as written. Nothing here is checked; <c>BuildRequestReader</c> does that.
/// </summary>
/// <param name="Name">Name of the image definition.</param>
/// <param name="ProjectFile">Full path of the project.</param>
/// <param name="Properties">Values by property name, those of the image included; a missing one is empty.</param>
/// <param name="Items">Items by item name.</param>
/// <param name="Environment">The environment of the build.</param>
public sealed record ImageSettings(
    string Name,
    string ProjectFile,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyDictionary<string, IReadOnlyList<SettingItem>> Items,
    BuildEnvironment Environment) : ProjectSettings(ProjectFile, Properties, Items, Environment)
{
    /// <summary>
    /// What the same project says when it is published for each of several runtime identifiers; empty for one publish.
    /// </summary>
    public IReadOnlyList<ImageSettings> Runtimes { get; init; } = [];

    /// <summary>Items of a name that belong to this image: those without <c>Image</c> metadata, and those that name it.</summary>
    public IEnumerable<SettingItem> ItemsOf(string name) => AllOf(name).Where(item =>
        item["Image"].Length == 0 || item["Image"].Equals(Name, StringComparison.OrdinalIgnoreCase));
}
