using BuildKit.Core.Requests;

namespace BuildKit.Core.UpToDateChecks;

/// <summary>A request that was read and compared with the last build.</summary>
/// <param name="Request">What to build.</param>
/// <param name="Fingerprint">Hash over its inputs; empty when they cannot be known, as with a remote context.</param>
/// <param name="Reason">Why it has to be built, for the log; empty when nothing changed.</param>
public sealed record PlannedBuild(BuildRequest Request, string Fingerprint, string Reason)
{
    /// <summary>The caches that the project asks to be written, as one text; empty for none.</summary>
    public string Caches { get; init; } = "";
}
