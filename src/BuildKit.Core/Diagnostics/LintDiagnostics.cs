using System.Globalization;
using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK32xx: BuildKit's own Dockerfile checks, one code for each rule.</summary>
internal static class LintDiagnostics
{
    /// <summary>A rule newer than this list.</summary>
    public static readonly DiagnosticDescriptor UnknownRule = new(
        "BK3200", Warning, "A check that has no code yet",
        "{0}: {1}",
        "BuildKit's Dockerfile frontend has a check that is newer than this package.",
        "Follow the link; update the package.");

    // The position gives the code (BK3201...), so new rules are added at the end only.
    // Rules: https://docs.docker.com/reference/build-checks/
    private static readonly (string Name, string Cause, string Remedy)[] Texts =
    [
        ("StageNameCasing", "The name of a stage has capitals; names of stages are not case sensitive.", "Write it in small letters."),
        ("FromAsCasing", "`FROM` and `as` in one line are written in different cases.", "Write both in capitals."),
        ("NoEmptyContinuation", "An empty line follows a line that ends in a back-slash; a future BuildKit will refuse that.",
            "Remove the empty line, or make it a comment."),
        ("ConsistentInstructionCasing", "Some instructions are in capitals and some are not.", "Write all of them in capitals."),
        ("DuplicateStageName", "Two stages have one name, so that a `COPY --from` may mean the wrong one.", "Rename one of them."),
        ("ReservedStageName", "`scratch` and `context` have a meaning of their own and cannot be names of stages.", "Rename the stage."),
        ("JSONArgsRecommended",
            "In the shell form a shell is the first process and does not pass signals on, so that the program is killed instead of stopped.",
            "Write the command as a list: `CMD [\"dotnet\", \"Shop.Api.dll\"]`."),
        ("MaintainerDeprecated", "MAINTAINER is out of use.", "Write `LABEL org.opencontainers.image.authors=\"...\"`."),
        ("UndefinedArgInFrom", "A variable in FROM has no ARG above the first FROM.", "Declare it there, or correct its name."),
        ("WorkdirRelativePath", "A relative WORKDIR depends on the folder that the base image ends in.", "Write an absolute path."),
        ("UndefinedVar", "A variable is used that no ARG or ENV of the stage declares; it is empty.",
            "Declare it in this stage, or correct its name."),
        ("MultipleInstructionsDisallowed", "Of several CMD, ENTRYPOINT or HEALTHCHECK in one stage only the last one counts.", "Remove the others."),
        ("LegacyKeyValueFormat", "The form with a blank between name and value takes one pair only and is out of use.", "Write `ENV name=value`."),
        ("InvalidBaseImagePlatform", "The base image is there for another platform than the one that is built.",
            "Choose a base image for the platform, or build for the platform it has."),
        ("RedundantTargetPlatform", "`--platform=$TARGETPLATFORM` is what FROM does anyway.", "Remove the flag."),
        ("SecretsUsedInArgOrEnv",
            "The name of an ARG or ENV says password, secret, token or key. Their values stay readable in the image's history.",
            "Use `RUN --mount=type=secret` and a `BuildKitSecret` item."),
        ("InvalidDefaultArgInFrom", "Without a value for an ARG, a FROM names no image.", "Give the ARG a default value."),
        ("FromPlatformFlagConstDisallowed", "FROM has a fixed platform, so that the image cannot be built for another.",
            "Remove the flag, use `$BUILDPLATFORM`, or name the stage after its platform."),
        ("CopyIgnoredFile", "COPY or ADD names a file that .dockerignore leaves out of the context.", "Correct .dockerignore or the path."),
        ("InvalidDefinitionDescription", "The comment above a stage or ARG describes it only when it begins with its name.",
            "Write `# <name> <description>`, or put an empty line between."),
        ("ExposeProtoCasing", "The protocol of a port is in capitals.", "Write it in small letters: `8080/tcp`."),
        ("ExposeInvalidFormat", "EXPOSE names a port of the container only; addresses and ports of the host belong to `docker run -p`.",
            "Write the container's port alone."),
    ];

    /// <summary>Rule name and catalogue entry, in the order of their codes.</summary>
    public static IReadOnlyList<(string Name, DiagnosticDescriptor Descriptor)> Rules { get; } =
        [.. Texts.Select((rule, index) => (rule.Name, new DiagnosticDescriptor(
            "BK" + (3201 + index).ToString(CultureInfo.InvariantCulture), Warning, rule.Name, "{0}: {1}", rule.Cause,
            $"{rule.Remedy} Or skip the check in the Dockerfile: `# check=skip={rule.Name}`.")))];

    /// <summary>The entry of a rule.</summary>
    /// <param name="ruleName">BuildKit's name, for example <c>StageNameCasing</c>.</param>
    public static DiagnosticDescriptor OfRule(string ruleName) =>
        Rules.FirstOrDefault(rule => rule.Name == ruleName).Descriptor ?? UnknownRule;
}
