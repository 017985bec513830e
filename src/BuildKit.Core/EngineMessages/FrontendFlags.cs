namespace BuildKit.Core.EngineMessages;

/// <summary>
/// Flags of instructions that came after the first frontend for Dockerfiles:
/// https://docs.docker.com/build/buildkit/dockerfile-release-notes/.
/// </summary>
internal static class FrontendFlags
{
    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        ["link"] = "1.4",
        ["checksum"] = "1.6",
        ["start-interval"] = "1.6",
        ["exclude"] = "1.19",
        ["parents"] = "1.20",
        ["security"] = "1.20",
    };

    /// <summary>The first frontend that has a flag; null for a flag that none has.</summary>
    public static string? FirstWith(string flag) => Versions.GetValueOrDefault(flag);
}
