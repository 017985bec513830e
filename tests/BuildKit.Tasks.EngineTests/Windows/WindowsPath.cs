namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>Paths of Wine's drives: Z: is the root of this machine, C: lies in the prefix.</summary>
internal static class WindowsPath
{
    private static string DriveC => Path.Combine(WindowsSdk.Home, "prefix/drive_c");

    /// <summary>How Windows calls a path of this machine.</summary>
    public static string Of(string path) => path.StartsWith(DriveC + "/", StringComparison.Ordinal)
        ? @"C:\" + path[(DriveC.Length + 1)..].Replace('/', '\\') : "Z:" + path.Replace('/', '\\');

    /// <summary>A folder on drive C: that nobody else uses.</summary>
    public static string NewOnDriveC(string name) => Directory.CreateDirectory(Path.Combine(DriveC, TestRun.Id, name)).FullName;

    /// <summary>Removes what this run has left on drive C:.</summary>
    public static void RemoveFromDriveC()
    {
        if (Directory.Exists(Path.Combine(DriveC, TestRun.Id)))
        {
            Directory.Delete(Path.Combine(DriveC, TestRun.Id), recursive: true);
        }
    }

    /// <summary>The path on this machine, spelled as its folders spell it: Windows finds a file by any case, Linux does not.</summary>
    public static string OnLinux(string path)
    {
        var found = char.ToUpperInvariant(path[0]) == 'C' ? DriveC : "/";
        foreach (var name in path[2..].Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(found, name);
            found = Path.Exists(next) || !Directory.Exists(found) ? next
                : Directory.EnumerateFileSystemEntries(found)
                    .FirstOrDefault(entry => Path.GetFileName(entry).Equals(name, StringComparison.OrdinalIgnoreCase)) ?? next;
        }

        return found;
    }
}
