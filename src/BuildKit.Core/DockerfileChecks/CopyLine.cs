namespace BuildKit.Core.DockerfileChecks;

/// <summary>The COPY line to write for a file.</summary>
internal static class CopyLine
{
    /// <summary>Copies a file to the same place below the working folder, as Visual Studio's Dockerfiles do.</summary>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var slash = path.LastIndexOf('/');
        var folder = slash < 0 ? "./" : path[..(slash + 1)];
        return path.Contains(' ') ? $"COPY [\"{path}\", \"{folder}\"]" : $"COPY {path} {folder}";
    }
}
