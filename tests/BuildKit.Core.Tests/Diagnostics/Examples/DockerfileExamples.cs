using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Diagnostics.DockerfileDiagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK30xx and BK31xx.</summary>
internal static class DockerfileExamples
{
    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        DockerfileNotFound.At(ProjectLine(9), "/home/me/shop/docker/Dockerfile", "BuildKitDockerfile"),
        ContextNotFound.At(ProjectLine(9), "/home/me/shop/sorce", "BuildKitContext", " (its path is relative to the project's folder)"),
        ParseError.At(Dockerfile(3), "unknown instruction: COYP (did you mean COPY?)"),
        FlagTooNew.At(Dockerfile(5), "parents", "1.20"),
        BaseImageNotFound.At(Dockerfile(1), "mcr.microsoft.com/dotnet/aspnet:10", "", OtherSourceOf("mcr.microsoft.com/dotnet/aspnet:10", false)),
        BaseImageDenied.At(Dockerfile(1), "registry.example.com/base:1", "401 Unauthorized", "registry.example.com", ""),
        BaseImagePlatform.At(Dockerfile(1), "registry.example.com/base:1", "linux/arm64"),
        BaseImageLimited.At(Dockerfile(1), "node:22", "429 Too Many Requests", "Try again in some minutes.", OtherSourceOf("node:22", false)),
        BaseImageUnreachable.At(Dockerfile(1), "registry.example.com/base:1", "dial tcp: lookup registry.example.com: no such host", "",
            OtherSourceOf("registry.example.com/base:1", false)),
        ProgramNotForBase.At(Project, "shop-api", "linux-x64 (glibc)", "registry.example.com/alpine-runtime:10.0", "musl",
            "Publish for linux-musl-x64."),
        EntryProgramMissing.At(Project, "/app/Shop.Api.dll", "/home/me/shop/Shop.Api/bin/Release/net10.0/publish", "Near it is Shop.Api.exe"),
        RunFailed.At(Dockerfile(14), "npm ci", "1", " in stage \"build\"",
            " Last output:\n    npm error code EUSAGE\n    npm error package.json and package-lock.json are not in sync"),
        CopySourceNotFound.At(Dockerfile(7), "COPY Shop.Api.csproj .", "Shop.Api.csproj", " /home/me/shop",
            " Did you mean \"src/Shop.Api/Shop.Api.csproj\"?"),
        SecretNotGiven.At(Dockerfile(9), "npm"),
        StepFailed.At(Dockerfile(7), "COPY --chown=shop . /app",
            "unable to convert uid/gid chown string to host mapping: can't find uid for user shop"),
        LintViolation.At(Dockerfile(), "JSONArgsRecommended, StageNameCasing"),
        FrontendUnreachable.At(Dockerfile(1), "docker/dockerfile:1", "dial tcp: lookup registry-1.docker.io: no such host"),
        CopyFromSourceNotFound.At(Dockerfile(12), "COPY --from=build /out /app", "/out", "build"),
        FromNamesNothing.At(Dockerfile(12), "biuld", "COPY --from=biuld /out /app", "pull access denied"),
        IgnorePatternMalformed.At(new SourceLocation(".dockerignore", 3), @"bin\",
            "syntax error in pattern; a back-slash at its end escapes nothing: folders are divided by \"/\" on every system"),
        IgnoreLineTooLong.At(new SourceLocation(".dockerignore", 3), 200_000, new string('*', 40)),
        ChangeNotSent.At(new SourceLocation("/home/me/shop/appsettings.json"), "/home/me/shop/appsettings.json", " (and of 2 more)"),
        HeredocLineEnds.At(Dockerfile(5), "<<EOF (set -eu)", "2", "", "Dockerfile", " Last output:\n    /bin/sh: 1: set: Illegal option -"),
    ];
}
