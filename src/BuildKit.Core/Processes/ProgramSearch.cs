using BuildKit.Core.Environments;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Processes;

/// <summary>
/// Finds programs as a shell does, without starting one. By hand, because Process.Start looks at the PATH of this process,
/// which may not be the build's.
/// </summary>
internal static class ProgramSearch
{
    /// <summary>Finds a program.</summary>
    /// <param name="name">A name to look for on PATH, or a full path.</param>
    /// <param name="environment">PATH, and PATHEXT on Windows.</param>
    /// <returns>Full path, or null.</returns>
    public static string? Find(string name, BuildEnvironment environment) =>
        Find(name, environment, HostSystems.Current, File.Exists);

    /// <summary>The same for any system.</summary>
    /// <param name="name">A name, or a full path.</param>
    /// <param name="environment">Its variables.</param>
    /// <param name="system">The system.</param>
    /// <param name="exists">Whether it has a file.</param>
    internal static string? Find(string name, BuildEnvironment environment, HostSystem system, Func<string, bool> exists)
    {
        var (rules, names) = (PathRules.Of(system), NamesOf(name, environment, system));
        if (rules.IsFullyQualified(name))
        {
            return names.FirstOrDefault(exists);
        }

        var path = environment.GetValueOrDefault("PATH", "");
        IEnumerable<string> folders = system == HostSystem.Windows
            ? Entries(path)
            : path.Split(rules.ListSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(name.StartsWith("docker", StringComparison.Ordinal)
            ? DockerFolders.Programs(variable => environment.GetValueOrDefault(variable, ""), system)
                : name == "sh" ? ShellFolders(environment, system) : [])
            .Where(rules.IsFullyQualified)
            .SelectMany(folder => names.Select(file => rules.Join(folder, file)))
            .FirstOrDefault(exists);
    }

    // An entry with a semicolon in it is quoted, and installers quote those with spaces too.
    private static IEnumerable<string> Entries(string path)
    {
        var entries = new List<string>();
        var (start, quoted) = (0, false);
        for (var at = 0; at <= path.Length; at++)
        {
            if (at == path.Length || (path[at] == ';' && !quoted))
            {
                entries.Add(path[start..at].Replace("\"", "", StringComparison.Ordinal).Trim());
                start = at + 1;
            }
            else if (path[at] == '"')
            {
                quoted = !quoted;
            }
        }

        return entries;
    }

    // As cmd.exe: a name that ends like a program is looked for as it is.
    private static List<string> NamesOf(string name, BuildEnvironment environment, HostSystem system)
    {
        if (system != HostSystem.Windows)
        {
            return [name];
        }

        var endings = environment.GetValueOrDefault("PATHEXT", ".EXE;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries);
        return [.. endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? [name] : Array.Empty<string>(),
            .. endings.Select(ending => name + ending)];
    }

    // Git for Windows puts its git on PATH and not its shell.
    private static IEnumerable<string> ShellFolders(BuildEnvironment environment, HostSystem system) =>
        system != HostSystem.Windows ? [] : new[] { "ProgramFiles", "LOCALAPPDATA" }
            .Select(variable => (Variable: variable, Folder: environment.GetValueOrDefault(variable, "")))
            .Select(known => known.Folder + (known.Variable == "LOCALAPPDATA" ? @"\Programs\Git\bin" : @"\Git\bin"));
}
