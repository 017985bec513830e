using BuildKit.Core.Projects;

namespace BuildKit.Core.Settings;

/// <summary>The switch <c>BuildKitEnabled</c>.</summary>
public static class EnabledSwitch
{
    /// <summary>Whether images are built after <c>Publish</c>.</summary>
    public static bool IsEnabled(this ProjectSettings project) => IsAuto(project) || project.IsOnOrWrong("BuildKitEnabled");

    /// <summary>Whether that holds only where there is an engine.</summary>
    public static bool IsAuto(this ProjectSettings project) => project["BuildKitEnabled"].Equals("auto", StringComparison.OrdinalIgnoreCase);
}
