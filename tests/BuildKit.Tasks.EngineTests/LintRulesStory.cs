using BuildKit.Core.Diagnostics;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Each check of BuildKit's, raised by a Dockerfile that breaks it, has the code and line that the catalogue gives it.</summary>
public sealed class LintRulesStory : Story
{
    private static readonly (string Code, string Rule, string Lines, int Line)[] Broken =
    [
        ("BK3201", "StageNameCasing", "FROM BASE AS Build", 1),
        ("BK3202", "FromAsCasing", "FROM BASE as build", 1),
        ("BK3203", "NoEmptyContinuation", "FROM BASE\nRUN true \\\n\n  && true", 4),
        ("BK3204", "ConsistentInstructionCasing", "FROM BASE\nrun true\nRUN true", 2),
        ("BK3205", "DuplicateStageName", "FROM BASE AS a\nFROM BASE AS a", 2),
        ("BK3206", "ReservedStageName", "FROM BASE AS scratch\nFROM BASE", 1),
        ("BK3207", "JSONArgsRecommended", "FROM BASE\nCMD echo", 2),
        ("BK3208", "MaintainerDeprecated", "FROM BASE\nMAINTAINER me", 2),
        ("BK3209", "UndefinedArgInFrom", "FROM BASE${NONE}", 1),
        ("BK3210", "WorkdirRelativePath", "FROM BASE\nWORKDIR app", 2),
        ("BK3211", "UndefinedVar", "FROM BASE\nCOPY $nope /", 2),
        ("BK3212", "MultipleInstructionsDisallowed", "FROM BASE\nCMD [\"a\"]\nCMD [\"b\"]", 2),
        ("BK3213", "LegacyKeyValueFormat", "FROM BASE\nENV a b", 2),
        ("BK3214", "InvalidBaseImagePlatform", "FROM --platform=linux/arm64 BASE", 1),
        ("BK3215", "RedundantTargetPlatform", "FROM --platform=$TARGETPLATFORM BASE", 1),
        ("BK3216", "SecretsUsedInArgOrEnv", "FROM BASE\nARG NPM_TOKEN", 2),
        ("BK3217", "InvalidDefaultArgInFrom", "ARG V\nFROM ${V}", 2),
        ("BK3218", "FromPlatformFlagConstDisallowed", "FROM --platform=linux/amd64 BASE", 1),
        ("BK3219", "CopyIgnoredFile", "# check=experimental=CopyIgnoredFile\nFROM BASE\nCOPY ignored.txt /", 3),
        ("BK3220", "InvalidDefinitionDescription", "# check=experimental=InvalidDefinitionDescription\n# other\nFROM BASE AS build", 3),
        ("BK3221", "ExposeProtoCasing", "FROM BASE\nEXPOSE 80/TCP", 2),
        ("BK3222", "ExposeInvalidFormat", "FROM BASE\nEXPOSE 127.0.0.1:80:80", 2),
    ];

    [Test]
    public async Task Each_check_of_BuildKit_has_its_code_at_its_line()
    {
        Project.Write("image.proj", WithoutCode(items: string.Concat(Broken.Select(one =>
            $"<BuildKitImageDefinition Include=\"{one.Rule.ToLowerInvariant()}\" ContainerRepository=\"{Repository}/{one.Rule.ToLowerInvariant()}\" BuildKitDockerfile=\"{one.Rule}.Dockerfile\" />\n"))));
        Project.Write(".dockerignore", "ignored.txt\n**/obj\n");
        Project.Write("ignored.txt", "");
        foreach (var one in Broken)
        {
            Project.Write(one.Rule + ".Dockerfile", one.Lines.Replace("BASE", BaseImages.Debian, StringComparison.Ordinal) + "\n");
        }

        // Some of these files cannot be built, which is one error each beside the warning.
        var result = await Project.DotnetAsync(["build", "image.proj", "-t:BuildKitCheck"]);
        Assert.That(LintDiagnostics.Rules.Select(rule => rule.Name), Is.EqualTo(Broken.Select(one => one.Rule)),
            "every rule of the catalogue is here");
        Assert.That(
            Broken.Select(one => $"{one.Code} {one.Rule}.Dockerfile {one.Line}"),
            Is.SubsetOf(result.Log.Warnings.Select(warning => $"{warning.Code} {Path.GetFileName(warning.File)} {warning.Line}")));
    }
}
