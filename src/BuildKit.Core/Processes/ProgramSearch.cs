using BuildKit.Core.Environments;

namespace BuildKit.Core.Processes;

/// <summary>
/// Finds programs as a shell does, without starting one. By hand, because Process.Start looks at the PATH of this process,
/// which may not be the build's.
/// </summary>
public static class ProgramSearch
{
    /// <summary>Finds a program.</summary>
    /// <param name="name">A name to look for on PATH, or a full path.</param>
    /// <param name="environment">PATH, and PATHEXT on Windows.</param>
    /// <returns>Full path, or null.</returns>
    public static string? Find(string name, BuildEnvironment environment)
    {
        if (Path.IsPathFullyQualified(name))
        {
            return File.Exists(name) ? name : null;
        }

        var extensions = OperatingSystem.IsWindows()
            ? environment.GetValueOrDefault("PATHEXT", ".EXE;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries)
            : [""];
        return environment.GetValueOrDefault("PATH", "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => extensions.Select(extension => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }
}
