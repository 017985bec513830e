using System.Collections;

namespace BuildKit.Testing;

/// <summary>The environment that a user's shell would give to <c>dotnet</c>: nothing of the test host, of CI or of this user's Docker.</summary>
public static class CleanEnvironment
{
    private static readonly string[] LeftOut =
    [
        "MSBUILD", "VSTEST", "TESTINGPLATFORM", "NUNIT", "DOTNET_HOST_PATH", "DOTNET_CLI_TEST", "DOTNET_RUNNING_IN_CONTAINER",
        "DOCKER_", "BUILDX_", "BUILDKIT", "CONTAINER", "UseSharedCompilation", "CI", "GITHUB_", "GITLAB_", "TF_BUILD", "TEAMCITY_", "NUGET_PACKAGES",
    ];

    /// <summary>Makes one, which the caller may change.</summary>
    public static Dictionary<string, string> Create()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
        foreach (var name in environment.Keys.Where(IsLeftOut).ToList())
        {
            environment.Remove(name);
        }

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
        environment["SharedCompilationId"] = TestRun.Id;
        // Each restore would ask the package feeds for known vulnerabilities, or read again what it was told last.
        environment["NuGetAudit"] = "false";
        environment["NUGET_PACKAGES"] = TestRun.Packages;
        return environment;
    }

    private static bool IsLeftOut(string name) =>
        LeftOut.Any(start => start == "CI" ? name == start : name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
