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
        ProjectNotCopied.At(Dockerfile(6), "Shop.Api.csproj", "Shop.Core/Shop.Core.csproj",
            "the step in line 9 then fails, since it does not restore (NETSDK1004)", "COPY Shop.Core/Shop.Core.csproj Shop.Core/"),
        RestoreInputNotCopied.At(Dockerfile(6), "Directory.Packages.props, nuget.config", "Shop.Api.csproj",
            "Directory.Packages.props: it names the versions of the packages, and without it the restore fails or takes others; "
            + "nuget.config: it names the feeds, and without it the packages come from nuget.org alone",
            "COPY Directory.Packages.props nuget.config ./", "apply", "are"),
        BaseVersion.At(Dockerfile(1), "mcr.microsoft.com/dotnet/aspnet:9.0", "9.0", "Shop.Api.csproj", "net10.0", "does not run on it",
            "FROM mcr.microsoft.com/dotnet/aspnet:10.0"),
        FinalStageOnBuildPlatform.At(Dockerfile(1), "FROM mcr.microsoft.com/dotnet/aspnet:10.0"),
        ExposedPort.At(Dockerfile(3), "80", "10"),
        RestoresAgain.At(Dockerfile(9), "publish", 6, ""),
        CacheMountHidesLayer.At(Dockerfile(9), 6, "into a cache mount", "in the layer", "not found",
            "--mount=type=cache,target=/root/.nuget/packages dotnet publish --no-restore"),
        ProjectOutsideContext.At(Dockerfile(7), "Shop.Api.csproj", "Shop.Core.csproj", "/home/me/shop/Shop.Api", "/home/me/shop"),
        WebAssets.At(Dockerfile(6), "Shop.Web.csproj", "Shop.Web/Components/App.razor", 9),
        SourceBeforeDependencies.At(Dockerfile(3), 3, "npm ci", "COPY package.json package-lock.json ./"),
        CacheMountMissing.At(Dockerfile(4), "npm ci", "--mount=type=cache,target=/root/.npm", ""),
        CacheMountSharing.At(Dockerfile(4), "/var/cache/apt"),
        NoIgnoreFile.At(Dockerfile(), "/home/me/shop", "214 MB", "bin, node_modules, obj", "**/bin **/node_modules **/obj"),
        ContextSendsOutput.At(new SourceLocation(".dockerignore"), "214 MB", "bin, node_modules, obj", ".dockerignore",
            "**/bin **/node_modules **/obj"),
        BaseWithoutDigest.At(Dockerfile(1), "mcr.microsoft.com/dotnet/aspnet:10.0", " AS base"),
        SecretInDockerfile.At(new SourceLocation("Dockerfile", 5, 5), "ENV GITHUB_PAT", "by its name", "github_pat", "GITHUB_PAT"),
        CopySourceMissing.At(Dockerfile(7), "COPY", "src/Gone/b.txt", "it is not in the build context /home/me/shop", ""),
        CarriageReturn.At(new SourceLocation("entrypoint.sh", 1), "The script /entrypoint.sh, with which the container starts,",
            "the system, which then looks for a program of that name and finds none,", "entrypoint.sh"),
        RootUser.At(Dockerfile(8), "$APP_UID"),
    ];
}
