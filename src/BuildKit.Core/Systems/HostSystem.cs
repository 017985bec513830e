namespace BuildKit.Core.Systems;

/// <summary>The operating systems that differ in what a build has to know of them.</summary>
public enum HostSystem
{
    /// <summary>Linux, and any other Unix that is not macOS.</summary>
    Linux,

    /// <summary>macOS.</summary>
    MacOS,

    /// <summary>Windows.</summary>
    Windows,
}

/// <summary>The system that this process runs on.</summary>
internal static class HostSystems
{
    /// <summary>The system that this process runs on; whoever decides by it takes it as a parameter, so that tests see all of them.</summary>
    public static HostSystem Current { get; } =
        OperatingSystem.IsWindows() ? HostSystem.Windows : OperatingSystem.IsMacOS() ? HostSystem.MacOS : HostSystem.Linux;
}
