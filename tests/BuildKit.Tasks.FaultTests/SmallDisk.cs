namespace BuildKit.Tasks.FaultTests;

/// <summary>A folder that is a disk of its own while the object lives: read-only, or with no room left.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>A disk that cannot be written; what was in the folder is out of sight meanwhile.</summary>
    public static Task<SmallDisk> ReadOnlyAsync(string folder) => MountAsync(folder, "ro");

    /// <summary>A disk of 64 KB without a free block.</summary>
    public static async Task<SmallDisk> FullAsync(string folder)
    {
        var disk = await MountAsync(folder, "size=64k,mode=1777");
        try
        {
            await using var filler = File.Create(Path.Combine(folder, "filler"));
            for (var rest = 128; rest > 0; rest--)
            {
                await filler.WriteAsync(new byte[1024]);
                await filler.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Full.
        }

        return disk;
    }

    public void Dispose() => Command.RunAsync("umount", ["-l", folder]).GetAwaiter().GetResult().Succeeded();

    private static async Task<SmallDisk> MountAsync(string folder, string options)
    {
        Directory.CreateDirectory(folder);
        (await Command.RunAsync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder])).Succeeded();
        return new SmallDisk(folder);
    }
}
