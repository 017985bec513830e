using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3303: the base image's .NET is not the project's.</summary>
public static partial class BaseVersionCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        if (FrameworkForm().Match(scene.Project.TargetFramework) is not { Success: true } framework)
        {
            yield break;
        }

        var wanted = Version.Parse(framework.Groups["version"].Value);
        foreach (var chain in scene.Chains.DistinctBy(chain => chain.Root.Line))
        {
            var image = scene.BaseImageOf(chain);
            if (ImageForm().Match(image) is not { Success: true } match || !Version.TryParse(match.Groups["version"].Value, out var has))
            {
                continue;
            }

            var isSdk = match.Groups["kind"].Value == "sdk";
            // Only a runtime that the image runs on counts, and a self-contained program brings its own.
            var isRuntime = !isSdk && chain.Root == scene.TargetChain?.Root && !scene.Project.SelfContained;
            if ((isSdk && has.Major < wanted.Major) || (isRuntime && has.Major != wanted.Major))
            {
                var version = match.Groups["version"];
                var right = string.Concat(image.AsSpan(0, version.Index), wanted.ToString(2), image.AsSpan(version.Index + version.Length));
                yield return ProjectCheckDiagnostics.BaseVersion.At(
                    scene.At(chain.Root.Line), image, has.ToString(2), Path.GetFileName(scene.Project.ProjectFile), scene.Project.TargetFramework,
                    isSdk ? "that SDK cannot build" : "does not run on it",
                    $"FROM {(chain.Root.Platform is { } platform ? $"--platform={platform} " : "")}{WithoutDigest(right)}{(chain.Root.Name is { } name ? $" AS {name}" : "")}");
            }
        }
    }

    private static string WithoutDigest(string image) => image.Split('@')[0];

    [GeneratedRegex(@"^net(?<version>[0-9]+\.[0-9]+)(?:$|-)")]
    private static partial Regex FrameworkForm();

    [GeneratedRegex(@"(?:^|/)dotnet/(?:nightly/)?(?<kind>aspnet|runtime|sdk):(?<version>[0-9]+\.[0-9]+)")]
    private static partial Regex ImageForm();
}
