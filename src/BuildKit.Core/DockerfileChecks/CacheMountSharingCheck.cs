using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3312: a cache mount of apt that two builds may write at once.</summary>
internal static class CacheMountSharingCheck
{
    // https://docs.docker.com/reference/dockerfile/#example-cache-apt-packages
    private static readonly string[] Locked = ["/var/cache/apt", "/var/lib/apt", "/var/lib/apt/lists", "/var/cache/apt/archives"];

    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input) =>
        from stage in input.Chains.Select(chain => chain.Stage)
        from instruction in stage.Instructions
        from mount in Mounts.Of(instruction)
        where mount.Type == "cache" && mount.Sharing == "shared" && Locked.Contains(mount.Target)
        select LayerCheckDiagnostics.CacheMountSharing.At(input.At(instruction.Line, instruction.EndLine), mount.Target);
}
