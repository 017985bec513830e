using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Builders;

/// <summary>What of builders' caches may go (https://docs.docker.com/reference/cli/docker/buildx/prune/).</summary>
public sealed record PruneRequest
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
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

    /// <summary>Whether it is done, and not only told.</summary>
    public bool Apply { get; init; }

    /// <summary>Reads kinds (<c>CacheMounts</c>, <c>Steps</c> …).</summary>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static IReadOnlyList<string> ReadTypes(string value, SourceLocation? location) =>
        [.. ValueList.Split(value).Select(kind => Kinds.TryGetValue(kind, out var type) ? type
            : throw new DiagnosticException(PropertyDiagnostics.ValueNotAccepted.At(
                location, "BuildKitPruneBuilderKinds", kind, string.Join(", ", Kinds.Keys), "")))];

    /// <summary>Reads a limit such as <c>10gb</c>.</summary>
    /// <exception cref="DiagnosticException">BK2001.</exception>
    public static IEnumerable<string> ReadLimit(string option, string property, string value, SourceLocation? location)
    {
        if (value.Trim().Length == 0)
        {
            return [];
        }

        return new DriverOption("", DriverOptionForm.Quantity).Accepts(value.Trim()) ? [option, value.Trim()]
            : throw new DiagnosticException(PropertyDiagnostics.ValueNotAccepted.At(location, property, value, "an amount such as 10gb", ""));
    }
}
