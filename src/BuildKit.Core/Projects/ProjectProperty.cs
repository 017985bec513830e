namespace BuildKit.Core.Projects;

/// <summary>What a property holds.</summary>
public enum PropertyKind
{
    /// <summary>Any text; whoever reads it checks it.</summary>
    Text,

    /// <summary>
    /// <c>true</c>, <c>yes</c>, <c>on</c>, <c>1</c> or <c>false</c>, <c>no</c>, <c>off</c>, <c>0</c>; <c>auto</c> stands for
    /// the default.
    /// </summary>
    Switch,

    /// <summary>One of the accepted values, in any case of letters.</summary>
    Choice,

    /// <summary>A list of accepted values, see <see cref="ValueList"/>.</summary>
    Choices,

    /// <summary>A list, see <see cref="ValueList"/>.</summary>
    List,

    /// <summary>Seconds or <c>hh:mm:ss</c>, see <see cref="TimeSetting"/>.</summary>
    Time,

    /// <summary>A file or a folder; a relative path starts at the project's folder.</summary>
    Path,
}

/// <summary>Who reads a property, and where it may be set.</summary>
[Flags]
public enum PropertyUse
{
    /// <summary>In the project, in Directory.Build.props, on the command line or in the environment.</summary>
    Project = 0,

    /// <summary>Also as metadata of a <c>BuildKitImageDefinition</c>, for that image only.</summary>
    Image = 1,

    /// <summary>The task that selects the images reads it too, before the project is published.</summary>
    Selection = 2,

    /// <summary>A fact of the SDK, of MSBuild or of our own targets; projects do not set it for us.</summary>
    Fact = 4,

    /// <summary>MSBuild reads it itself, to choose targets; no task does.</summary>
    Targets = 8,
}

/// <summary>A property: the one place where its name, its values, its default and its meaning stand.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Meaning">One line for the reference, in Markdown; empty for a fact.</param>
public sealed record ProjectProperty(string Name, PropertyKind Kind, string Meaning = "")
{
    /// <summary>The value that counts when none is set; empty for none, or for one that is found out.</summary>
    public string Default { get; init; } = "";

    /// <summary>What the reference says of a default that is found out, in Markdown; empty for <see cref="Default"/>.</summary>
    public string DefaultText { get; init; } = "";

    /// <summary>The accepted values of a choice.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether items of the same name add to its list, as with the SDK.</summary>
    public bool TakesItems { get; init; }

    /// <summary>Who reads it, and where it may be set.</summary>
    public PropertyUse Use { get; init; }
}
