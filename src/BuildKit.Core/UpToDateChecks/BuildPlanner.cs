using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;

namespace BuildKit.Core.UpToDateChecks;

/// <summary>Decides whether an image has to be built.</summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="settings">What decides the result and is not in the request: the builder.</param>
/// <param name="registries">The registries.</param>
public sealed class BuildPlanner(BuildEnvironment environment, IReadOnlyList<string> settings, RegistryClients registries)
{
    /// <summary>Compares a request with the last build of the same image.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caches">The caches that are to be written, as one text; empty for none.</param>
    /// <param name="cancellation">Ends the looking.</param>
    /// <returns>The plan, and the recorded image when nothing changed.</returns>
    public async Task<(PlannedBuild Plan, BuiltImage? Unchanged)> PlanAsync(BuildRequest request, string caches, CancellationToken cancellation)
    {
        // The folders above it may lie in the context: they must be there the first time as they are the second.
        Directory.CreateDirectory(request.IntermediateFolder);
        var record = BuildRecord.Read(request.FileOf(".record.json"));
        // The look at the destinations waits for the network while the fingerprint computes; most often both are needed.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var difference = record is null || request.Force || request.NoCache
            ? Task.FromResult("it was not built here before")
            : Task.Run(() => new DestinationCheck(environment, registries).FindDifferenceAsync(request, record.Image, enough.Token), cancellation);
        var inputs = new RequestFingerprint(environment, settings, registries);
        var fingerprint = await inputs.OfAsync(request, cancellation).ConfigureAwait(false);
        var plan = new PlannedBuild(request, fingerprint, "")
        {
            Caches = caches,
            HiddenChanges = inputs.HiddenChanges,
            Inputs = inputs.Kinds,
        };
        var reason = request.Force ? "BuildKitForce is true"
            : request.NoCache ? "BuildKitNoCache is true"
            : plan.NotSent.Count > 0 ? $"BuildKit may not have seen that {plan.NotSent[0]} changed"
            : fingerprint.Length == 0 ? "its inputs are not on this machine"
            : record is not null && record.Fingerprint != fingerprint ? InputChange.Of(record.Inputs, inputs.Kinds)
            // The image is the same, but nobody else finds its steps in the cache that is asked for now.
            : caches.Length > 0 && record is not null && record.Caches != caches ? $"the last build did not write {caches}"
            : await difference.ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        // What may not have been sent is never recorded as built.
        plan = plan with { Reason = reason, Fingerprint = plan.NotSent.Count > 0 ? "" : fingerprint };
        return (plan, reason.Length > 0 ? null : record!.Image with { Unchanged = true, Pushed = request.Pushes, Loaded = request.Loads });
    }
}
