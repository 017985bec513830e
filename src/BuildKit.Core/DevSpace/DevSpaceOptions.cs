using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;

namespace BuildKit.Core.DevSpace;

/// <summary>What a project says about its devspace.yaml; DevSpace's own flags of the same meaning are named.</summary>
public sealed record DevSpaceOptions
{
    /// <summary>Profiles, in order (<c>-p</c>).</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Values of variables (<c>--var</c>).</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

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
    /// <exception cref="Diagnostics.DiagnosticException">BK2001.</exception>
    public static DevSpaceOptions Of(ProjectSettings project) => new()
    {
        Profiles = project.List("BuildKitDevSpaceProfile"),
        ProfileActivation = project.Switch("BuildKitDevSpaceProfileActivation"),
        Variables = project.AllOf("BuildKitDevSpaceVar").GroupBy(variable => variable.Include)
            .ToDictionary(same => same.Key, same => same.Last().Metadata.GetValueOrDefault("Value", "")),
        AllowCommands = project.Switch("BuildKitDevSpaceAllowCommands"),
        TagsAreGiven = ImageNames.TagsAreGiven(project),
        IntermediateFolder = Path.Combine(project.IntermediateFolder, "devspace"),
        Environment = project.Environment,
    };
}
