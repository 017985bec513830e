using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Builders;

/// <summary>What of builders' caches may go (https://docs.docker.com/reference/cli/docker/buildx/prune/).</summary>
public sealed record PruneRequest
{
    /// <summary>Kinds as projects write them, and BuildKit's names of their records.</summary>
    internal static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CacheMounts"] = "exec.cachemount",
        ["LocalSources"] = "source.local",
        ["GitSources"] = "source.git.checkout",
        ["Steps"] = "regular",
        ["Frontends"] = "frontend",
        ["Internal"] = "internal",
    };

    /// <summary>Name of the builder; empty for all of ours, and for no other.</summary>
    public string Name { get; init; } = "";

    /// <summary>Types of records as BuildKit names them; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Only what was not used for so long; null for any.</summary>
    public TimeSpan? UnusedFor { get; init; }

    /// <summary>Also what images in use still need.</summary>
    public bool All { get; init; }

    /// <summary>Options and values that keep some: <c>--max-used-space</c>, <c>--reserved-space</c>, <c>--min-free-space</c>.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Whether builders of ours that were not used for so long are removed with all they have; null for none.</summary>
    public TimeSpan? RemoveUnusedFor { get; init; }

    /// <summary>Whether it is done, and not only reported.</summary>
    public bool Apply { get; init; }

    /// <summary>Reads the properties <c>BuildKitPruneBuilder…</c>.</summary>
    /// <param name="project">What the project says.</param>
    /// <exception cref="DiagnosticException">BK2001, BK1033.</exception>
    public static PruneRequest Of(ProjectSettings project) => new()
    {
        Name = project["BuildKitBuilder"],
        Types = [.. project.Choices("BuildKitPruneBuilderKinds").Select(kind => Kinds[kind])],
        UnusedFor = project.Time("BuildKitPruneBuilderUnusedFor"),
        All = project.Switch("BuildKitPruneBuilderAll"),
        Limits =
        [
            .. ReadLimit("--max-used-space", "BuildKitPruneBuilderMaxUsedSpace", project),
            .. ReadLimit("--reserved-space", "BuildKitPruneBuilderReservedSpace", project),
            .. ReadLimit("--min-free-space", "BuildKitPruneBuilderMinFreeSpace", project),
        ],
        RemoveUnusedFor = project.Time("BuildKitPruneBuilderRemoveUnusedFor"),
        Apply = !project.Switch("BuildKitPruneBuilderDryRun"),
    };

    private static IEnumerable<string> ReadLimit(string option, string property, ProjectSettings project) =>
        project[property] is not { Length: > 0 } value ? []
        : new DriverOption("", DriverOptionForm.Quantity).Accepts(value) ? [option, value]
        : throw new DiagnosticException(PropertyDiagnostics.ValueNotAccepted.At(project.At(property), property, value, "an amount such as 10gb", ""));
}
