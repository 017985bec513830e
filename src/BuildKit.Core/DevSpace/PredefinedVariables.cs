using System.Globalization;
using BuildKit.Core.Environments;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// The variables that DevSpace defines itself (https://www.devspace.sh/docs/configuration/variables#built-in). Those of a
/// cluster are empty, as in DevSpace without one.
/// </summary>
internal static class PredefinedVariables
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The value; null for a name that is none of DevSpace's.</summary>
    public static string? Find(string name, string folder, string projectName, DevSpaceOptions options) => name switch
    {
        "DEVSPACE_NAME" or "devspace.name" => projectName,
        "DEVSPACE_VERSION" or "devspace.version" => "6.3.0",
        "DEVSPACE_TMPDIR" => Path.GetTempPath(),
        "DEVSPACE_RANDOM" or "devspace.random" => Random(6),
        "DEVSPACE_TIMESTAMP" or "devspace.timestamp" => DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "DEVSPACE_PROFILE" or "devspace.profile" => options.Profiles.Count > 0 ? options.Profiles[^1] : "",
        "DEVSPACE_PROFILES" => string.Join(' ', options.Profiles),
        "DEVSPACE_USER_HOME" or "devspace.userHome" => Home(options.Environment),
        "DEVSPACE_GIT_BRANCH" or "devspace.git.branch" => GitHead.Read(folder).Branch,
        "DEVSPACE_GIT_COMMIT" or "devspace.git.commit" => GitHead.Read(folder).Commit is { Length: >= 8 } commit ? commit[..8] : "",
        "DEVSPACE_CONTEXT" or "devspace.context" or "DEVSPACE_NAMESPACE" or "devspace.namespace" or "DEVSPACE_SPACE"
            or "DEVSPACE_EXECUTABLE" or "DEVSPACE_KUBECTL_EXECUTABLE" => "",
        _ => null,
    };

    /// <summary>Whether an empty value means that there is no git repository.</summary>
    public static bool NeedsRepository(string name) => name.Contains("git", StringComparison.OrdinalIgnoreCase);

    /// <summary>What kind of place the value comes from.</summary>
    public static OriginKind OriginOf(string name) => name switch
    {
        "DEVSPACE_RANDOM" or "devspace.random" or "DEVSPACE_TIMESTAMP" or "devspace.timestamp"
            or "DEVSPACE_GIT_BRANCH" or "devspace.git.branch" or "DEVSPACE_GIT_COMMIT" or "devspace.git.commit" => OriginKind.Changing,
        "DEVSPACE_USER_HOME" or "devspace.userHome" or "DEVSPACE_TMPDIR" => OriginKind.Outside,
        _ => OriginKind.File,
    };

    /// <summary>Letters by chance, as DevSpace puts them in the place of <c>#</c> in a tag.</summary>
    public static string Random(int length) => string.Create(length, 0, (letters, _) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = Letters[System.Security.Cryptography.RandomNumberGenerator.GetInt32(Letters.Length)];
        }
    });

    private static string Home(BuildEnvironment environment) =>
        environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", "");
}
