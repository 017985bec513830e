using BuildKit.Core.Projects;

namespace BuildKit.Core.Settings;

/// <summary>What a project's images are planned for.</summary>
public enum BuildPurpose
{
    /// <summary>To be built.</summary>
    Build,

    /// <summary>To have their Dockerfiles checked.</summary>
    Check,

    /// <summary>To be written down for somebody else to build.</summary>
    Write,

    /// <summary>To be imported into the project, from the file that describes them.</summary>
    Import,
}

/// <summary>Reads what the targets of a verb say: it runs in an evaluation of its own, with the purpose as a global property.</summary>
public static class BuildPurposes
{
    /// <summary>The purpose of this evaluation.</summary>
    public static BuildPurpose Of(ProjectSettings project) =>
        Enum.TryParse<BuildPurpose>(project["_BuildKitPurpose"], out var purpose) ? purpose : BuildPurpose.Build;
}
