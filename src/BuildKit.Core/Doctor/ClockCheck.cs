using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Doctor;

/// <summary>Do the engine's clock and this machine's agree? BK1049.</summary>
internal sealed class ClockCheck : IDoctorCheck
{
    // Registry tokens are valid for minutes and allow for about this much.
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(30);

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        if (input.Engine?.SystemTime is not { } theirs)
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([]);
        }

        var skew = theirs - input.Clock.GetUtcNow();
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([skew.Duration() > Allowed
            ? DoctorFinding.Of("clock",
                DoctorDiagnostics.ClockSkew.With("the engine", Math.Round(skew.Duration().TotalSeconds),
                    skew > TimeSpan.Zero ? "ahead of" : "behind"))
            : new DoctorFinding("clock", "the engine's agrees with this machine's")]);
    }
}
