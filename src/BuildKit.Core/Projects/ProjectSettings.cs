using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Projects;

/// <summary>
/// What a project says, as written: properties and items under their MSBuild names. It reads values by their kinds in
/// <see cref="PropertyTable"/>; what they mean for an image is decided above.
/// </summary>
/// <param name="ProjectFile">Full path of the project.</param>
/// <param name="Properties">Values by property name; a missing one is empty.</param>
/// <param name="Items">Items by item name.</param>
/// <param name="Environment">The environment of the build.</param>
public record ProjectSettings(
    string ProjectFile,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyDictionary<string, IReadOnlyList<SettingItem>> Items,
    BuildEnvironment Environment)
{
    /// <summary>Value of a property without stray quotes and spaces, else its default; empty means not set.</summary>
    public string this[string property] =>
        ValueList.Unquote(Properties.GetValueOrDefault(property, "")) is { Length: > 0 } value ? value : PropertyTable.Find(property)?.Default ?? "";

    /// <summary>Folder of the project; relative paths start here.</summary>
    public string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>Full path of the folder for our own files.</summary>
    public string IntermediateFolder => this["_BuildKitIntermediateFolder"];

    /// <summary>Whether the project publishes .NET code: only projects of the .NET SDK have published files.</summary>
    public bool HasPublish => SwitchText.IsOn(this["UsingMicrosoftNETSdk"]) && !SwitchText.IsOn(this["BuildKitWithoutCode"]);

    /// <summary>Whether the project, and not a default, gives a property a value.</summary>
    public bool IsSet(string property) => ValueList.Unquote(Properties.GetValueOrDefault(property, "")).Length > 0;

    /// <summary>Full path of a path that the project wrote; back-slashes are read as slashes.</summary>
    /// <param name="path">The path as written, with or without quotes.</param>
    /// <param name="root">Full path of the folder it is relative to; null for the project's.</param>
    public string FullPath(string path, string? root = null) => ProjectPath.Full(root ?? ProjectFolder, path);

    /// <summary>Full path that a property names; empty when it is not set.</summary>
    public string PathOf(string property) => this[property] is { Length: > 0 } path ? FullPath(path) : "";

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<string> List(string property) => ValueList.Split(this[property]);

    /// <summary>Reads a switch.</summary>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public bool Switch(string property) =>
        SwitchText.TryRead(this[property], out var value)
            ? value ?? SwitchText.IsOn(PropertyTable.Find(property)?.Default ?? "")
            : throw new DiagnosticException(Refuse(property, this[property]));

    /// <summary>
    /// Whether a switch is on. A wrong value counts as on here, so that it leads to the plan, which refuses it with all else
    /// that is wrong.
    /// </summary>
    public bool IsOnOrWrong(string property) =>
        !SwitchText.TryRead(this[property], out var value) || (value ?? SwitchText.IsOn(PropertyTable.Find(property)?.Default ?? ""));

    /// <summary>Reads a choice.</summary>
    /// <returns>The accepted value as the table writes it; empty when there is none.</returns>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public string Choice(string property) => this[property] is { Length: > 0 } value ? Accepted(property, value) : "";

    /// <summary>Reads a choice that an enumeration has the values of.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="property">Name of the property.</param>
    /// <param name="byDefault">What an empty value means.</param>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public T Choice<T>(string property, T byDefault)
        where T : struct, Enum =>
        Choice(property) is { Length: > 0 } value ? Enum.Parse<T>(value, ignoreCase: true) : byDefault;

    /// <summary>Reads a list of choices.</summary>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public IReadOnlyList<string> Choices(string property) => [.. List(property).Select(value => Accepted(property, value))];

    /// <summary>Reads a time.</summary>
    /// <returns>Null when it is not set.</returns>
    /// <exception cref="DiagnosticException">BK1033.</exception>
    public TimeSpan? Time(string property) => TimeSetting.Read(property, this[property], new SourceLocation(ProjectFile));

    /// <summary>The line of a property, when the project's file has it.</summary>
    public SourceLocation At(string property) => ProjectFileLocation.Of(ProjectFile, property);

    /// <summary>Items of a name.</summary>
    public IReadOnlyList<SettingItem> AllOf(string item) => Items.GetValueOrDefault(item, []);

    /// <summary>What the project says about one image: metadata of its definition wins over properties.</summary>
    /// <param name="name">Name of the image definition.</param>
    /// <param name="metadata">The definition's metadata.</param>
    public ImageSettings ForImage(string name, IReadOnlyDictionary<string, string> metadata)
    {
        var values = new Dictionary<string, string>(Properties, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in metadata.Where(pair => pair.Value.Length > 0))
        {
            values[key] = value;
        }

        return new ImageSettings(name, ProjectFile, values, Items, Environment);
    }

    /// <summary>Reads a value by its kind.</summary>
    /// <exception cref="DiagnosticException">BK2001, BK1033.</exception>
    internal void Check(ProjectProperty property)
    {
        switch (property.Kind)
        {
            case PropertyKind.Switch:
                Switch(property.Name);
                break;
            case PropertyKind.Choice:
                Choice(property.Name);
                break;
            case PropertyKind.Choices:
                Choices(property.Name);
                break;
            case PropertyKind.Time:
                Time(property.Name);
                break;
        }
    }

    /// <summary>What is wrong with a value that is not accepted.</summary>
    internal Diagnostic Refuse(string property, string value)
    {
        var entry = PropertyTable.Find(property);
        IReadOnlyList<string> accepted = entry is { Kind: PropertyKind.Switch } or null ? ["true", "false"] : SwitchText.ForPeople(entry.Values);
        var near = NearestName.Among(accepted, value) is { } name ? $" Did you mean \"{name}\"?" : "";
        var list = accepted.Count == 1 ? accepted[0] : $"{string.Join(", ", accepted.SkipLast(1))} or {accepted[^1]}";
        return PropertyDiagnostics.ValueNotAccepted.At(At(property), property, value, list, near);
    }

    private string Accepted(string property, string value) =>
        PropertyTable.Find(property)?.Values.FirstOrDefault(accepted => accepted.Equals(value, StringComparison.OrdinalIgnoreCase))
        ?? throw new DiagnosticException(Refuse(property, value));
}
