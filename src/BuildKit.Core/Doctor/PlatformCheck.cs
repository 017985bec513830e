using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Doctor;

/// <summary>Can a node or an emulator run each platform that is asked for? BK1041.</summary>
internal sealed class PlatformCheck : IDoctorCheck
{
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellation)
    {
        if (scene.Platforms.Count == 0 || scene.Listed is not { IsRunning: true } builder)
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([]);
        }

        // BuildKit lists what its machine emulates with what it is.
        var runs = builder.Nodes.SelectMany(node => node.Platforms).Distinct().ToList();
        var known = runs.Select(Platform.TryParse).OfType<Platform>().ToHashSet();
        var missing = scene.Platforms.Where(platform => !known.Contains(platform)).ToList();
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([missing.Count == 0
            ? new DoctorFinding("platforms", string.Join(", ", scene.Platforms))
            : DoctorFinding.Of("platforms", DoctorDiagnostics.EmulationMissing.At(
                scene.Request.Location, builder.Name, string.Join(", ", runs), string.Join(", ", missing)))]);
    }
}
