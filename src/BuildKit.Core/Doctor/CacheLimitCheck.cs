using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Doctor;

/// <summary>Does the builder keep cache mounts, or drop them after each build? BK1042.</summary>
internal sealed class CacheLimitCheck : IDoctorCheck
{
    // The packages of a middle-sized solution and the npm packages of its front end fit; BuildKit's own 3.3 GiB are less.
    private const long Enough = 8_000_000_000;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        var limits = input.Listed?.Nodes.Select(node => node.CacheMountLimit).Where(limit => limit > 0).ToList() ?? [];
        if (limits.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([]);
        }

        var least = Quantity.Bytes(limits.Min());
        var where = input.Builder?.Driver == BuilderDriver.Docker
            ? "\"builder\": {\"gc\": {\"defaultKeepStorage\": …}} in daemon.json"
            : "gcpolicy in the file of BuildKitBuilderConfigFile";
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([limits.Min() < Enough
            ? DoctorFinding.Of("cache mounts", DoctorDiagnostics.CacheMountLimit.With(input.Listed!.Name, least, where))
            : new DoctorFinding("cache mounts", $"{least} are kept")]);
    }
}
