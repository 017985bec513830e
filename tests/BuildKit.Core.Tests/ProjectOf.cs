using BuildKit.Core.Projects;

namespace BuildKit.Core.Tests;

/// <summary>A project that says what a test writes down; it has no file.</summary>
internal static class ProjectOf
{
    public static string File { get; } = Path.GetFullPath("/src/shop/shop.csproj");

    public static ProjectSettings Properties(params (string Name, string Value)[] properties) => new(
        File, properties.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
        new Dictionary<string, IReadOnlyList<SettingItem>>(), new());
}
