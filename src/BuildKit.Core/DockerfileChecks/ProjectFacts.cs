using BuildKit.Core.Projects;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>What the project that asks for the image says about itself; no other linter of Dockerfiles knows it.</summary>
/// <param name="ProjectFile">Full path of the project; empty when it is not known which project the Dockerfile builds.</param>
/// <param name="TargetFramework">For example <c>net10.0</c>; empty when it is not known.</param>
/// <param name="AssetsFile">Full path of <c>project.assets.json</c>, which NuGet's restore writes; empty or missing when there is none.</param>
/// <param name="SelfContained">Whether the program brings its own runtime.</param>
/// <param name="WithoutCode">Whether the project is a folder with a Dockerfile: then its framework is not that of the program.</param>
public sealed record ProjectFacts(string ProjectFile, string TargetFramework = "", string AssetsFile = "", bool SelfContained = false,
    bool WithoutCode = false)
{
    /// <summary>Name of the project file.</summary>
    public string FileName => Path.GetFileName(ProjectFile);

    /// <summary>Reads what the SDK's properties say.</summary>
    /// <param name="project">What the project says.</param>
    public static ProjectFacts Of(ProjectSettings project) => new(
        project.ProjectFile, project["TargetFramework"], project["ProjectAssetsFile"],
        SwitchText.IsOn(project["SelfContained"]) || SwitchText.IsOn(project["PublishAot"]), SwitchText.IsOn(project["BuildKitWithoutCode"]));
}
