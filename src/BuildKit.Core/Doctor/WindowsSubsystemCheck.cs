using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Doctor;

/// <summary>Is this WSL, with the project on the Windows side? BK1050.</summary>
internal sealed partial class WindowsSubsystemCheck : IDoctorCheck
{
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        var version = Path.Combine(input.SystemRoot, "proc", "version");
        if (!File.Exists(version) || !File.ReadAllText(version).Contains("microsoft", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([]);
        }

        var drive = WindowsDrive().Match(input.Request.WorkingDirectory);
        return Task.FromResult<IReadOnlyList<DoctorFinding>>([drive.Success
            ? DoctorFinding.Of("WSL", DoctorDiagnostics.WindowsFileSystem.At(input.Request.Location, drive.Value))
            : new DoctorFinding("WSL", "the project lies in the Linux file system")]);
    }

    [GeneratedRegex("^/mnt/[a-z](?=/|$)")]
    private static partial Regex WindowsDrive();
}
