using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Settings;

/// <summary>Reads the platforms: <c>BuildKitPlatforms</c>, else the SDK's runtime identifiers.</summary>
internal static class PlatformSettings
{
    /// <summary>The platforms; none stands for the builder's own.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="diagnostics">BK2005, BK2019.</param>
    public static IReadOnlyList<Platform> Read(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var property = new[] { "BuildKitPlatforms", "ContainerRuntimeIdentifier", "ContainerRuntimeIdentifiers" }
            .FirstOrDefault(name => settings[name].Length > 0);
        var platforms = new List<Platform>();
        foreach (var value in property is null ? [] : ValueList.Split(settings[property]))
        {
            var platform = Platform.TryParse(value) ?? Platform.TryParseRuntimeIdentifier(value);
            if (platform is null)
            {
                diagnostics.Add(PropertyDiagnostics.InvalidPlatform, property!, property, value);
            }
            else if (platform.OperatingSystem == "windows")
            {
                diagnostics.Add(PropertyDiagnostics.NotSupported, property!, $"The platform {value}",
                    "BuildKit builds Windows containers on Windows engines only. Use the SDK's PublishContainer for it.");
            }
            else if (!platforms.Contains(platform))
            {
                platforms.Add(platform);
            }
        }

        return platforms;
    }
}
