namespace BuildKit.Core.DockerfileChecks;

/// <summary>The COPY line to write for a file.</summary>
internal static class CopyLine
{
    /// <summary>Copies files to the same places: one line for those of a folder.</summary>
    public static string Of(IReadOnlyList<string> paths)
    {
        static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
        return string.Join(" and ", paths.GroupBy(FolderOf).Select(folder => folder.Count() == 1 || folder.Any(path => path.Contains(' '))
            ? string.Join(" and ", folder.Select(Of))
            : $"COPY {string.Join(' ', folder)} {(folder.Key.Length == 0 ? "./" : folder.Key)}"));
    }

    /// <summary>Copies a file to the same place below the working folder, as Visual Studio's Dockerfiles do.</summary>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var slash = path.LastIndexOf('/');
        var folder = slash < 0 ? "./" : path[..(slash + 1)];
        return path.Contains(' ') ? $"COPY [\"{path}\", \"{folder}\"]" : $"COPY {path} {folder}";
    }
}
