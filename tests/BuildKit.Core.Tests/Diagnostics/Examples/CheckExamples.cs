using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;
using static BuildKit.Core.Diagnostics.LayerCheckDiagnostics;
using static BuildKit.Core.Diagnostics.ProjectCheckDiagnostics;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK33xx.</summary>
internal static class CheckExamples
{
    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        ProjectNotCopied.At(Dockerfile(6), "Shop.Api.csproj", "Shop.Core/Shop.Core.csproj", "COPY Shop.Core/Shop.Core.csproj Shop.Core/"),
        RestoreInputNotCopied.At(Dockerfile(6), "Directory.Packages.props", "Shop.Api.csproj", "COPY Directory.Packages.props ./"),
        BaseVersion.At(Dockerfile(1), "mcr.microsoft.com/dotnet/aspnet:9.0", "9.0", "Shop.Api.csproj", "net10.0", "does not run on it", "FROM mcr.microsoft.com/dotnet/aspnet:10.0"),
        FinalStageOnBuildPlatform.At(Dockerfile(1), "FROM mcr.microsoft.com/dotnet/aspnet:10.0"),
        ExposedPort.At(Dockerfile(3), "80", "10"),
        RestoresAgain.At(Dockerfile(9), "publish", 6, ""),
        CacheMountHidesLayer.At(Dockerfile(9), 6, "into a cache mount", "in the layer", "not found", "--mount=type=cache,target=/root/.nuget/packages dotnet publish --no-restore"),
        SourceBeforeDependencies.At(Dockerfile(3), 3, "npm ci", "COPY package.json package-lock.json ./"),
        CacheMountMissing.At(Dockerfile(4), "npm ci", "--mount=type=cache,target=/root/.npm"),
        CacheMountSharing.At(Dockerfile(4), "/var/cache/apt"),
        NoIgnoreFile.At(Dockerfile(), "/home/me/shop", "214 MB", "bin, node_modules, obj", "**/bin **/node_modules **/obj"),
        ContextSendsOutput.At(new SourceLocation(".dockerignore"), "214 MB", "bin, node_modules, obj", ".dockerignore", "**/bin **/node_modules **/obj"),
        BaseWithoutDigest.At(Dockerfile(1), "mcr.microsoft.com/dotnet/aspnet:10.0", " AS base"),
        SecretInDockerfile.At(new SourceLocation("Dockerfile", 5, 5), "ENV GITHUB_PAT", "by its name", "github_pat", "GITHUB_PAT"),
        RootUser.At(Dockerfile(8), "$APP_UID"),
    ];
}
