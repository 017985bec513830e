using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;

namespace BuildKit.Core.DevSpace;

/// <summary>What a project says about its devspace.yaml; DevSpace's own flags of the same meaning are named.</summary>
public sealed record DevSpaceOptions
{
    /// <summary>Name of the DevSpace project; empty takes the file's.</summary>
    public string Name { get; init; } = "";

    /// <summary>Profiles, in order (<c>-p</c>).</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Values of variables (<c>--var</c>).</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of those variables whose value is no part of the project: they come from the command line.</summary>
    public IReadOnlySet<string> OutsideVariables { get; init; } = new HashSet<string>();

    /// <summary>Registry of the project; empty when it names none.</summary>
    public string Registry { get; init; } = "";

    /// <summary>Whether profiles may activate themselves (false is <c>--disable-profile-activation</c>).</summary>
    public bool ProfileActivation { get; init; } = true;

    /// <summary>Whether commands in the file may run.</summary>
    public bool AllowCommands { get; init; }

    /// <summary>Whether the project names tags itself (<c>-t</c>); then those of the file do not count.</summary>
    public bool TagsAreGiven { get; init; }

    /// <summary>Full path of the folder for Dockerfiles that have to be written.</summary>
    public required string IntermediateFolder { get; init; }

    /// <summary>The environment of the build.</summary>
    public required BuildEnvironment Environment { get; init; }

    /// <summary>Ends commands.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="Diagnostics.DiagnosticException">BK2001, BK6123.</exception>
    public static DevSpaceOptions Of(ProjectSettings project)
    {
        var given = DevSpaceFlags.Variables(project.Properties.GetValueOrDefault("BuildKitDevSpaceVar", ""), project.At("BuildKitDevSpaceVar"));
        var items = project.AllOf("BuildKitDevSpaceVar")
            .Select(item => KeyValuePair.Create(item.Include, item.Metadata.GetValueOrDefault("Value", "")));
        return new DevSpaceOptions
        {
            Profiles = DevSpaceFlags.Profiles(project["BuildKitDevSpaceProfile"]),
            ProfileActivation = project.Switch("BuildKitDevSpaceProfileActivation"),
            Variables = items.Concat(given).GroupBy(variable => variable.Key).ToDictionary(same => same.Key, same => same.Last().Value),
            OutsideVariables = given.Keys.ToHashSet(StringComparer.Ordinal),
            Registry = project.List("ContainerRegistry").FirstOrDefault(""),
            AllowCommands = project.Switch("BuildKitDevSpaceAllowCommands"),
            TagsAreGiven = ImageNames.TagsAreGiven(project),
            IntermediateFolder = Path.Combine(project.IntermediateFolder, "devspace"),
            Environment = project.Environment,
        };
    }
}
