namespace BuildKit.Core.Systems;

/// <summary>Where Docker, and what comes in its place, keeps programs, plugins and sockets on each system.</summary>
internal static class DockerFolders
{
    /// <summary>
    /// Folders of Docker's programs that may be missing from PATH: a program that macOS starts from the Dock or Finder has a
    /// short one, and a shell that was open before an installation has the old one.
    /// </summary>
    /// <param name="variable">The value of an environment variable; empty when it is not set.</param>
    /// <param name="system">The system.</param>
    public static IEnumerable<string> Programs(Func<string, string> variable, HostSystem system)
    {
        var (home, rules) = (Home(variable, system), PathRules.Of(system));
        return system switch
        {
            HostSystem.MacOS =>
            [
                "/usr/local/bin", "/opt/homebrew/bin", "/Applications/Docker.app/Contents/Resources/bin",
                .. home.Length > 0 ? new[] { ".docker/bin", ".rd/bin", ".orbstack/bin" }.Select(folder => rules.Join(home, folder)) : [],
            ],
            HostSystem.Windows =>
            [
                .. Of(variable, "ProgramFiles", rules, "Docker", "Docker", "resources", "bin"),
                .. Of(variable, "LOCALAPPDATA", rules, "Programs", "Rancher Desktop", "resources", "resources", "win32", "bin"),
                .. Of(variable, "ProgramFiles", rules, "Rancher Desktop", "resources", "resources", "win32", "bin"),
            ],
            _ => [],
        };
    }

    /// <summary>
    /// The system's folders of plugins, where only an administrator puts them, in the order of Docker's command line
    /// (https://github.com/docker/cli, cli-plugins/manager), and those that come with a program of <see cref="Programs"/>.
    /// </summary>
    public static IEnumerable<string> Plugins(Func<string, string> variable, HostSystem system)
    {
        var rules = PathRules.Of(system);
        string[] unix =
        [
            "/usr/local/lib/docker/cli-plugins", "/usr/local/libexec/docker/cli-plugins",
            "/usr/lib/docker/cli-plugins", "/usr/libexec/docker/cli-plugins",
        ];
        return system switch
        {
            HostSystem.Windows =>
            [
                .. Of(variable, "ProgramData", rules, "Docker", "cli-plugins"),
                .. Of(variable, "ProgramFiles", rules, "Docker", "cli-plugins"),
                .. Of(variable, "ProgramFiles", rules, "Docker", "Docker", "resources", "cli-plugins"),
            ],
            HostSystem.MacOS => [.. unix, "/Applications/Docker.app/Contents/Resources/cli-plugins", "/opt/homebrew/lib/docker/cli-plugins"],
            _ => unix,
        };
    }

    /// <summary>Name of a plugin's program.</summary>
    public static string PluginName(string plugin, HostSystem system) => $"docker-{plugin}{(system == HostSystem.Windows ? ".exe" : "")}";

    /// <summary>
    /// Sockets of this user's engines, each with the Docker context that selects it, for a machine where nothing is selected
    /// and nothing is at the usual place.
    /// </summary>
    public static IEnumerable<(string Socket, string Context)> Sockets(Func<string, string> variable, HostSystem system)
    {
        var home = Home(variable, system);
        return home.Length == 0 || system == HostSystem.Windows ? [] :
        [
            (home + "/.docker/run/docker.sock", "desktop-linux"), (home + "/.docker/desktop/docker.sock", "desktop-linux"),
            (home + "/.colima/default/docker.sock", "colima"), (home + "/.config/colima/default/docker.sock", "colima"),
            (home + "/.rd/docker.sock", "rancher-desktop"), (home + "/.orbstack/run/docker.sock", "orbstack"),
        ];
    }

    private static string Home(Func<string, string> variable, HostSystem system) =>
        variable(system == HostSystem.Windows ? "USERPROFILE" : "HOME");

    private static IEnumerable<string> Of(Func<string, string> variable, string name, PathRules rules, params string[] names) =>
        variable(name) is { Length: > 0 } folder ? [rules.Join(folder, names)] : [];
}
