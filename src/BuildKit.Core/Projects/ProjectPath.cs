namespace BuildKit.Core.Projects;

/// <summary>Paths as projects write them: with slashes or back-slashes, with or without quotes.</summary>
public static class ProjectPath
{
    /// <summary>The full path.</summary>
    /// <param name="folder">Full path of the folder that a relative one starts at.</param>
    /// <param name="path">The path as written.</param>
    public static string Full(string folder, string path)
    {
        var text = ValueList.Unquote(path);
        return Path.GetFullPath(Path.Combine(folder, OperatingSystem.IsWindows() ? text : text.Replace('\\', '/')));
    }
}
