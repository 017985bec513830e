namespace BuildKit.Core.Tests;

/// <summary>A folder of one test, deleted with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("buildkit-core-").FullName;

    /// <summary>Writes a file and the folders above it; gives its full path.</summary>
    public string Write(string relativePath, string content = "")
    {
        var path = Full(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Makes a folder; gives its full path.</summary>
    public string Make(string relativePath) => Directory.CreateDirectory(Full(relativePath)).FullName;

    /// <summary>Sets permission bits; Windows has none.</summary>
    public void SetMode(string relativePath, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Full(relativePath), (UnixFileMode)mode);
        }
    }

    /// <summary>Permission bits; 0 on Windows.</summary>
    public int Mode(string relativePath) => OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(Full(relativePath));

    /// <summary>The full path of a relative one with slashes, as the system writes it.</summary>
    public string Full(string relativePath) =>
        System.IO.Path.Combine(Path, OperatingSystem.IsWindows() ? relativePath.Replace('/', '\\') : relativePath);

    /// <summary>A text with paths of this system as if they had slashes, so that one golden file holds everywhere.</summary>
    public static string Slashes(string text) => OperatingSystem.IsWindows() ? text.Replace('\\', '/') : text;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
