using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Diagnostics.DevSpaceDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK61xx.</summary>
internal static class DevSpaceExamples
{
    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        FileNotFound.At(ProjectLine(4), "BuildKitDevSpaceFile", "../devspce.yaml", "the project's folder"),
        InvalidYaml.At(DevSpaceLine(7), "a mapping value is not allowed here"),
        UnknownKey.At(DevSpaceLine(7, 5), "dockerFile", "images.api", " Did you mean \"dockerfile\"?"),
        WrongKind.At(DevSpaceLine(9, 5), "images.api.tags", "a list", "a text"),
        UnknownVersion.At(DevSpaceLine(1, 1), "\"v3\""),
        UnknownProfile.At(ProjectLine(5), "prod", "there are: production, staging"),
        Cycle.At(DevSpaceLine(20), "profiles", "production -> base -> production"),
        UnresolvedVariable.At(DevSpaceLine(7, 12), "The variable \"REGISTRY\" has no value: DevSpace would ask for it", "it", "REGISTRY"),
        CommandNotAllowed.At(DevSpaceLine(15, 14), "The variable VERSION", "git describe"),
        CommandFailed.At(DevSpaceLine(15, 14), "git describe", "exit code 128, fatal: No names found"),
        PatchRefused.At(DevSpaceLine(24, 7), "replace", "images.web.image", "there is nothing at this path"),
        PatchWithoutEffect.At(DevSpaceLine(24, 7), "remove", "images.web", "there is nothing at this path"),
        NotCarried.At(DevSpaceLine(11, 5), "images.api.kaniko", "images are built with BuildKit here"),
        RefusedByDevSpace.At(DevSpaceLine(12, 7), "buildKit.inlineCache", "as --cache-to=type=inline"),
        TwoArgumentsInOne.At(DevSpaceLine(13, 9), "--build-arg A=1"),
        NumberChanges.At(DevSpaceLine(8, 13), "1.10", "1.1"),
        RandomTag.With("api"),
        InvalidImage.At(DevSpaceLine(6), "api", "is called \"Shop/Api\", which is no valid image name"),
        NoRegistry.With("shop-api", "into the local engine; set ContainerRegistry (docker.io, for example) to push it"),
        NoImages.At(DevSpaceLine(1, 1), "devspace.yaml", " with the profiles production"),
        Interpolation.At(new SourceLocation("compose.yaml", 5, 12), "${TAG", "the brace is not closed"),
        UnknownService.At(ProjectLine(5), "wroker", "the services with one are api, worker"),
        WrongVariable.At(ProjectLine(5), "REGISTRY"),
        CacheElsewhere.At(DevSpaceLine(13, 9), "fastapi-backend:buildcache", "registry.example.com"),
        ImportedValue.At(DevSpaceLine(9, 14), "The value of API_URL", "came from the environment, an environment file or the command line",
            "it is not written: $(DevSpace_API_URL) takes it from the environment variable API_URL or from -p:DevSpace_API_URL=..."),
        UnknownImage.At(ProjectLine(5), "apj", "the project has api, worker"),
        ExportCircle.At(ProjectLine(4), "devspace.yaml"),
    ];
}
