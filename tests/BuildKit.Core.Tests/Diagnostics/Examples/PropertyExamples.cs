using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;
using static BuildKit.Core.Diagnostics.PropertyDiagnostics;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK2xxx.</summary>
internal static class PropertyExamples
{
    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        ValueNotAccepted.At(ProjectLine(9), "BuildKitLint", "strict", "off, warn or error", ""),
        InvalidRepository.At(ProjectLine(9), "ContainerRepository", "Shop.Api", "it has capital letters"),
        InvalidTag.At(ProjectLine(9), "ContainerImageTag", "feature/login"),
        UnknownStage.At(ProjectLine(9), "relase", "src/Dockerfile", "the stages base, build, publish, release", " Did you mean \"release\"?"),
        InvalidPlatform.At(ProjectLine(9), "BuildKitPlatforms", "arm"),
        SecretVariableUnset.At(ProjectLine(14), "npm", "NPM_TOKEN"),
        SecretFileMissing.At(ProjectLine(14), "npm", "/home/me/shop/npm.token"),
        OutputsContradict.At(ProjectLine(9), "BuildKitPush is true, but there is no registry", "Set ContainerRegistry, or leave BuildKitPush out."),
        SecretSource.At(ProjectLine(14), "npm", "both EnvironmentVariable and File"),
        new Core.Requests.BuildArgument("NPM_TOKEN", null).Validate(ProjectLine(14))!,
        InvalidName.At(ProjectLine(14), "The extra host", "my host", "it is no host name"),
        NamedContextMissing.At(ProjectLine(14), "shared", "/home/me/shared"),
        InvalidRegistry.At(ProjectLine(9), "ContainerRegistry", "https://registry.example.com/team"),
        NothingPublished.At(Project, "bin/Release/net10.0/publish"),
        DuplicateImage.At(ProjectLine(14), "api", "worker", "registry.example.com/shop:latest"),
        NotSupported.At(Project, "ContainerRuntimeIdentifier win-x64", "BuildKit builds Windows images on Windows engines only."),
        NotReadByAnyone.At(ProjectLine(9), "BuildKitHealthCheck", "The image is made from a Dockerfile, which says such things itself."),
        CopiedFileMissing.At(ProjectLine(14), "certs/ca.pem"),
        FragmentNotUsable.At(new SourceLocation("tools.Dockerfile", 3), "tools.Dockerfile",
            "has a FROM, which would begin another image without the published files"),
        FileNotOurs.At(Project, "/home/me/shop/Shop.Api/Dockerfile"),
        DockerfileNotUsed.With("src/Shop.Api/Dockerfile"),
        NameChanged.At(Project, "Größe", "gr--e"),
    ];
}
