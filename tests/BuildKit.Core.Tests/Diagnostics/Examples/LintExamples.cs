using BuildKit.Core.Diagnostics;
using static BuildKit.Core.Tests.Diagnostics.Examples.ExamplePlace;

namespace BuildKit.Core.Tests.Diagnostics.Examples;

/// <summary>Examples of BK32xx, in BuildKit's own words.</summary>
internal static class LintExamples
{
    private static readonly (string Rule, string Text)[] Texts =
    [
        ("StageNameCasing", "Stage name 'Build' should be lowercase."),
        ("FromAsCasing", "'as' and 'FROM' keywords' casing do not match."),
        ("NoEmptyContinuation", "Empty continuation line."),
        ("ConsistentInstructionCasing", "Command 'copy' should match the case of the command majority (uppercase)."),
        ("DuplicateStageName", "Duplicate stage name \"build\", stage names should be unique."),
        ("ReservedStageName", "Stage name should not use the same name as reserved stage \"scratch\"."),
        ("JSONArgsRecommended", "JSON arguments recommended for CMD to prevent unintended behavior related to OS signals."),
        ("MaintainerDeprecated", "Maintainer instruction is deprecated in favor of using label."),
        ("UndefinedArgInFrom", "FROM argument 'VERSION' is not declared."),
        ("WorkdirRelativePath", "Relative workdir \"app\" can have unexpected results if the base image changes."),
        ("UndefinedVar", "Usage of undefined variable '$OUTPT' (did you mean $OUTPUT?)."),
        ("MultipleInstructionsDisallowed", "Multiple CMD instructions should not be used in the same stage because only the last one will be used."),
        ("LegacyKeyValueFormat", "\"ENV key=value\" should be used instead of legacy \"ENV key value\" format."),
        ("InvalidBaseImagePlatform",
            "Base image registry.example.com/base:1 was pulled with platform \"linux/arm64\", expected \"linux/amd64\" for current build."),
        ("RedundantTargetPlatform", "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior."),
        ("SecretsUsedInArgOrEnv", "Do not use ARG or ENV instructions for sensitive data (ENV \"NPM_TOKEN\")."),
        ("InvalidDefaultArgInFrom", "Default value for ARG registry.example.com/base:${VERSION} results in empty or invalid base image name."),
        ("FromPlatformFlagConstDisallowed", "FROM --platform flag should not use constant value \"linux/amd64\"."),
        ("CopyIgnoredFile", "Attempting to Copy file \"bin/app.dll\" that is excluded by .dockerignore."),
        ("InvalidDefinitionDescription", "Comment for build stage or argument should follow the format: `# build <description>`."),
        ("ExposeProtoCasing", "Defined protocol '8080/TCP' in EXPOSE instruction should be lowercase."),
        ("ExposeInvalidFormat", "EXPOSE instruction should not define an IP address or host-port mapping, found '127.0.0.1:80:80'."),
    ];

    internal static IReadOnlyList<Diagnostic> All { get; } =
    [
        LintDiagnostics.UnknownRule.At(Dockerfile(3), "SomeNewRule", "The line should be written in another way."),
        .. Texts.Select(text => LintDiagnostics.OfRule(text.Rule).At(Dockerfile(3), text.Rule, text.Text)),
    ];
}
