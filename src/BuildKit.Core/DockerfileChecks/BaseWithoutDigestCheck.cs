using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3316: a base image named by a tag alone. Off by default.</summary>
internal static class BaseWithoutDigestCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input) =>
        from chain in input.Chains.DistinctBy(chain => chain.Root.Line)
        let image = input.BaseImageOf(chain)
        where image != "scratch" && !image.Contains('@') && !image.Contains('$')
        select LayerCheckDiagnostics.BaseWithoutDigest.At(
            input.At(chain.Root.Line), image, chain.Root.Name is { } name ? $" AS {name}" : "");
}
