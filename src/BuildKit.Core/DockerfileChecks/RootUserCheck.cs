using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3317: the image runs as root. Off by default.</summary>
internal static class RootUserCheck
{
    /// <summary>Finds it.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.TargetChain is { } chain
            && chain.Instructions.LastOrDefault(instruction => instruction.Keyword == "USER")?.Arguments.Split(':')[0] is null or "root" or "0")
        {
            // The images of .NET 8 and newer have a user for this, and its number in a variable.
            var isDotnet = input.BaseImageOf(chain).Contains("dotnet/", StringComparison.Ordinal);
            yield return LayerCheckDiagnostics.RootUser.At(input.At(chain.Stage.Line), isDotnet ? "$APP_UID" : "1000");
        }
    }
}
