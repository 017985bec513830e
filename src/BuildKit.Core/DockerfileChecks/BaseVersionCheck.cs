using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3303: the base image's .NET is not the project's.</summary>
internal static partial class BaseVersionCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (FrameworkForm().Match(input.Project.TargetFramework) is not { Success: true } framework)
        {
            yield break;
        }

        var wanted = Version.Parse(framework.Groups["version"].Value);
        var (selfContained, rollsForward) = (IsSelfContained(input), RollsForward(input));
        foreach (var chain in input.Chains.DistinctBy(chain => chain.Root.Line))
        {
            var image = input.BaseImageOf(chain);
            if (ImageForm().Match(image) is not { Success: true } match || !Version.TryParse(match.Groups["version"].Value, out var has))
            {
                continue;
            }

            var isSdk = match.Groups["kind"].Value == "sdk";
            // Only a runtime that the image runs on counts, and a self-contained program brings its own.
            var isRuntime = !isSdk && chain.Root == input.TargetChain?.Root && !selfContained;
            if ((isSdk && has.Major < wanted.Major) || (isRuntime && has.Major != wanted.Major && !(rollsForward && has.Major > wanted.Major)))
            {
                var version = match.Groups["version"];
                var right = string.Concat(image.AsSpan(0, version.Index), wanted.ToString(2), image.AsSpan(version.Index + version.Length));
                var platform = chain.Root.Platform is { } given ? $"--platform={given} " : "";
                var name = chain.Root.Name is { } stage ? $" AS {stage}" : "";
                yield return ProjectCheckDiagnostics.BaseVersion.At(
                    input.At(chain.Root.Line), image, has.ToString(2), input.Project.FileName, input.Project.TargetFramework,
                    isSdk ? "that SDK cannot build" : "does not run on it",
                    $"FROM {platform}{WithoutDigest(right)}{name}");
            }
        }
    }

    // The Dockerfile may publish in another way than the project says.
    private static bool IsSelfContained(CheckInput input)
    {
        var words = input.Chains.SelectMany(chain => chain.Instructions).SelectMany(RunCommands.Dotnet).Where(command => command.Verb == "publish")
            .Select(command => command.Words).ToList();
        return !words.Exists(text => NotSelfContained().IsMatch(text))
            && (input.Project.SelfContained || words.Exists(text => SelfContainedForm().IsMatch(text)));
    }

    private static bool RollsForward(CheckInput input) =>
        BuiltProject.Property(input.Project.ProjectFile, "RollForward").EndsWith("Major", StringComparison.OrdinalIgnoreCase)
        || input.TargetChain?.Instructions.Any(instruction => instruction.Keyword == "ENV"
            && RollForwardForm().IsMatch(instruction.Arguments)) == true;

    private static string WithoutDigest(string image) => image.Split('@')[0];

    [GeneratedRegex(@"^net(?<version>[0-9]+\.[0-9]+)(?:$|-)")]
    private static partial Regex FrameworkForm();

    [GeneratedRegex(@"(?:^|/)dotnet/(?:nightly/)?(?<kind>aspnet|runtime|sdk):(?<version>[0-9]+\.[0-9]+)")]
    private static partial Regex ImageForm();

    [GeneratedRegex(@"--no-self-contained|(?:--self-contained[ =]|--sc[ =]|SelfContained=)""?false", RegexOptions.IgnoreCase)]
    private static partial Regex NotSelfContained();

    [GeneratedRegex(@"--self-contained\b|--sc\b|SelfContained=""?true|PublishAot=""?true", RegexOptions.IgnoreCase)]
    private static partial Regex SelfContainedForm();

    [GeneratedRegex(@"\bDOTNET_ROLL_FORWARD\s*=?\s*""?(?:Latest)?Major", RegexOptions.IgnoreCase)]
    private static partial Regex RollForwardForm();
}
