using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Doctor;

/// <summary>Can a node or an emulator run each platform that is asked for? BK1041.</summary>
internal sealed class PlatformCheck : IDoctorCheck
{
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        if (input.Platforms.Count == 0 || input.Listed is not { IsRunning: true } builder)
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([]);
        }

        // BuildKit lists what its machine emulates with what it is.
        var runs = builder.Nodes.SelectMany(node => node.Platforms).Distinct().ToList();
        var known = runs.Select(Platform.TryParse).OfType<Platform>().ToHashSet();
        var missing = input.Platforms.Where(platform => !known.Contains(platform)).ToList();
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([missing.Count == 0
            ? new DoctorFinding("platforms", string.Join(", ", input.Platforms))
            : DoctorFinding.Of("platforms", DoctorDiagnostics.EmulationMissing.At(
                input.Request.Location, builder.Name, string.Join(", ", runs), string.Join(", ", missing)))]);
    }
}
