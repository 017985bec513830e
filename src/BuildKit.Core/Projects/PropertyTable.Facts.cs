using static BuildKit.Core.Projects.PropertyKind;
using static BuildKit.Core.Projects.PropertyUse;

namespace BuildKit.Core.Projects;

/// <content>What other names of the SDK, of Visual Studio and of MSBuild say, and what our targets say to our tasks.</content>
public static partial class PropertyTable
{
    private static ProjectProperty[] Facts =>
    [
        .. Named(Image, "RegistryUrl", "ContainerImageName", "AutoGenerateImageTag", "DockerfileContext", "DockerfileStage", "PublishDir"),
        new("LocalRegistry", Choice) { Values = ["Docker", "Podman"], Use = Image | Fact },
        .. Named(Image | Selection, "DockerfilePath", "DockerfileFile", "PublishImageTag", "RuntimeIdentifier"),
        // What kind of project it is.
        .. Named(
            Selection, "UsingMicrosoftNETSdk", "OutputType", "PackAsTool", "IsAspireHost", "UsingMicrosoftNETSdkBlazorWebAssembly",
            "TargetPlatformIdentifier", "IsPublishable",
            "IsTestProject", "IsTestingPlatformApplication", "EnableSdkContainerSupport", "AssemblyName", "RuntimeIdentifiers", "IsRidAgnostic"),
        // How it is built.
        .. Named(Selection, "DesignTimeBuild", "IsCrossTargetingBuild", "_IsPublishing", "BuildingSolutionFile", "BuildingInsideVisualStudio",
            "SolutionPath"),
        // What our targets say.
        .. Named(Selection, "_BuildKitIntermediateFolder", "_BuildKitPurpose", "_BuildKitBaking", "_BuildKitOneRuntime", "_BuildKitImagesFromFile"),
        .. Named(Project, "Configuration", "Platform", "TargetFramework", "ProjectAssetsFile", "SelfContained", "PublishAot"),
    ];

    private static IEnumerable<ProjectProperty> Named(PropertyUse use, params string[] names) =>
        names.Select(name => new ProjectProperty(name, Text) { Use = use | Fact });
}
