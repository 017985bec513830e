using BuildKit.Core.Diagnostics;
using BuildKit.Core.Engines;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Doctor;

/// <summary>Is there space for images, caches and records? BK1043.</summary>
internal sealed class DiskCheck : IDoctorCheck
{
    // A build of a .NET image with its base and caches takes some GB; less than this ends in the middle of one.
    private const long Enough = 5_000_000_000;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        var folders = new List<(string Owner, string Path)> { ("the project", input.Request.WorkingDirectory) };
        if (input.Endpoint.Kind == EngineEndpointKind.Unix && input.Engine is { RootFolder.Length: > 0 } engine
            && Directory.Exists(engine.RootFolder))
        {
            folders.Add(("the engine", engine.RootFolder));
        }

        return Task.FromResult<IReadOnlyList<DoctorFinding>>(
        [
            .. from folder in folders
               let disk = input.DiskOf(folder.Path)
               where disk is not null
               let free = Quantity.Bytes(disk.Value.Free)
               let total = Quantity.Bytes(disk.Value.Total)
               select disk.Value.Free < Enough
                   ? DoctorFinding.Of("disk", DoctorDiagnostics.DiskLow.With(free, total, folder.Owner))
                   : new DoctorFinding("disk", $"{free} of {total} free on the disk of {folder.Owner}"),
        ]);
    }

    /// <summary>Measures the disk that holds a folder.</summary>
    internal static (long Free, long Total)? Measure(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
