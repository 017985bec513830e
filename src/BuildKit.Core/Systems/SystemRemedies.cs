namespace BuildKit.Core.Systems;

/// <summary>What to do about Docker on each system, as the end of a message: a command of another system helps nobody.</summary>
internal static class SystemRemedies
{
    /// <summary>How Docker's command line is installed; without a full stop, because choices follow.</summary>
    public static string InstallDocker(HostSystem system) => system switch
    {
        HostSystem.Windows => "Install Docker Desktop (https://docs.docker.com/desktop/setup/install/windows-install/) or Rancher Desktop",
        HostSystem.MacOS =>
            "Install Docker Desktop (https://docs.docker.com/desktop/setup/install/mac-install/), Rancher Desktop, or Colima with \"brew install "
                + "docker docker-buildx\"",
        _ => "Install Docker (https://docs.docker.com/engine/install/)",
    };

    /// <summary>How the plugin buildx is installed.</summary>
    public static string InstallBuildx(HostSystem system) => system switch
    {
        HostSystem.Windows =>
            @"Docker Desktop and Rancher Desktop bring it; else put docker-buildx.exe (https://docs.docker.com/go/buildx/) into "
                + @"%ProgramFiles%\Docker\cli-plugins.",
        HostSystem.MacOS => "Docker Desktop and Rancher Desktop bring it; with Homebrew, \"brew install docker-buildx\" and add its "
            + "lib/docker/cli-plugins folder to cliPluginsExtraDirs in ~/.docker/config.json, as brew says.",
        _ =>
            "Install it (Debian and Ubuntu: \"apt-get install docker-buildx\" or \"docker-buildx-plugin\"; others: "
                + "https://docs.docker.com/go/buildx/).",
    };

    /// <summary>How an engine is started; without a full stop, because choices follow.</summary>
    public static string StartEngine(HostSystem system) => system switch
    {
        HostSystem.Windows => "Start Docker Desktop (\"docker desktop start\") or Rancher Desktop",
        HostSystem.MacOS => "Start Docker Desktop (\"docker desktop start\"), Rancher Desktop or Colima (\"colima start\")",
        _ => "Start it (\"sudo systemctl start docker\", or Docker Desktop)",
    };

    /// <summary>How a user gets access to the engine; without a full stop, because choices follow.</summary>
    public static string AllowSocket(HostSystem system) => system switch
    {
        HostSystem.Windows =>
            "Add yourself to the group docker-users (as an administrator: \"net localgroup docker-users %USERNAME% /add\", then sign in again)",
        HostSystem.MacOS => "Select the engine of this user (\"docker context ls\", \"docker context use desktop-linux\" or \"colima\")",
        _ => "Add yourself to the docker group (\"sudo usermod -aG docker $USER\", then sign in again)",
    };

    /// <summary>How room is made on a disk; without a full stop, because more follows.</summary>
    public static string FreeSpace(HostSystem system) => system switch
    {
        HostSystem.Windows => "Free space on that drive, or raise the user's quota",
        HostSystem.MacOS => "Free space there (\"df -h\" shows it)",
        _ => "Free space there (\"df -h\" shows it, \"df -i\" the inodes), or raise the user's quota",
    };

    /// <summary>Where a POSIX shell comes from, as the end of a sentence; DevSpace has one built in.</summary>
    public static string InstallShell(HostSystem system) => system == HostSystem.Windows
        ? " (DevSpace brings a shell of its own; Git for Windows has one too, and is found when it is installed)" : "";
}
