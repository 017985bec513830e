namespace BuildKit.Core.DevSpace;

/// <summary>
/// The keys that DevSpace's versions have, where images depend on them (pkg/devspace/config/versions of
/// https://github.com/devspace-sh/devspace). Sections that shape no image are not looked into.
/// </summary>
internal static class DevSpaceSchema
{
    public const string Latest = "v2beta1";

    /// <summary>Number of v2beta1 among the versions, of which v1beta1 is the first.</summary>
    public const int LatestNumber = 12;

    /// <summary>Versions that are read.</summary>
    public static readonly string[] Versions =
        [.. Enumerable.Range(1, 11).Select(number => $"v1beta{number}"), Latest];

    public static readonly string[] InCluster =
        ["name", "namespace", "rootless", "image", "nodeSelector", "noCreate", "noRecreate", "noLoad", "createArgs"];

    public static readonly string[] Variable =
    [
        "name", "value", "question", "default", "options", "password", "validationPattern", "validationMessage", "noCache",
        "command", "args", "commands", "alwaysResolve", "source",
    ];

    public static readonly string[] Profile =
        ["name", "description", "parent", "parents", "patches", "replace", "merge", "strategicMerge", "activation"];

    /// <summary>Sections that a profile may replace or merge.</summary>
    public static readonly string[] ProfileSections =
        ["vars", "pullSecrets", "images", "deployments", "dev", "commands", "dependencies", "hooks"];

    public static readonly string[] Patch = ["op", "path", "value"];

    public static readonly string[] Options = ["target", "network", "buildArgs"];

    /// <summary>Sections that an import brings.</summary>
    public static readonly string[] ImportSections =
    [
        "require", "vars", "dev", "deployments", "images", "pipelines", "commands", "functions", "pullSecrets",
        "dependencies", "profiles", "hooks", "localRegistry",
    ];

    // Each key with the first and the last version that has it.
    private static readonly (string Key, int First, int Last)[] TopKeys =
    [
        ("version", 1, 12), ("name", 1, 12), ("images", 1, 12), ("deployments", 1, 12), ("dev", 1, 12), ("cluster", 1, 2),
        ("dependencies", 2, 12), ("hooks", 2, 12), ("commands", 3, 12), ("vars", 3, 12), ("profiles", 3, 12), ("pullSecrets", 9, 12),
        ("require", 10, 12), ("imports", 12, 12), ("functions", 12, 12), ("pipelines", 12, 12), ("localRegistry", 12, 12),
    ];

    private static readonly (string Key, int First, int Last)[] ImageKeys =
    [
        ("image", 1, 12), ("createPullSecret", 1, 12), ("build", 1, 11), ("tag", 1, 6), ("insecure", 1, 1), ("skipPush", 1, 1),
        ("dockerfile", 2, 12), ("context", 2, 12), ("entrypoint", 3, 12), ("cmd", 3, 12), ("tags", 7, 12), ("tagsAppendRandom", 9, 9),
        ("preferSyncOverRebuild", 9, 9), ("injectRestartHelper", 9, 12), ("restartHelperPath", 9, 12),
        ("appendDockerfileInstructions", 9, 12), ("rebuildStrategy", 9, 12), ("name", 12, 12), ("buildArgs", 12, 12), ("target", 12, 12),
        ("network", 12, 12), ("skipPush", 12, 12), ("buildKit", 12, 12), ("docker", 12, 12), ("kaniko", 12, 12), ("custom", 12, 12),
        ("injectLegacyRestartHelper", 12, 12),
    ];

    private static readonly (string Key, int First, int Last)[] BuildKeys =
    [
        ("disabled", 1, 11), ("docker", 1, 11), ("kaniko", 1, 11), ("dockerfile", 1, 1), ("context", 1, 1), ("options", 1, 1),
        ("custom", 2, 11), ("buildKit", 9, 11),
    ];

    private static readonly (string Key, int First, int Last)[] DockerKeys =
    [
        ("preferMinikube", 1, 12), ("skipPush", 2, 11), ("options", 2, 11), ("disableFallback", 2, 12), ("useBuildKit", 4, 12),
        ("args", 6, 12), ("useCli", 9, 12),
    ];

    private static readonly (string Key, int First, int Last)[] BuildKitKeys =
    [
        ("inCluster", 9, 12), ("preferMinikube", 9, 12), ("args", 9, 12), ("command", 9, 12), ("skipPush", 9, 11), ("options", 9, 11),
    ];

    private static readonly (string Key, int First, int Last)[] CustomKeys =
    [
        ("command", 2, 12), ("onChange", 2, 12), ("imageFlag", 2, 12), ("flags", 2, 5), ("args", 6, 12), ("appendArgs", 7, 12),
        ("commands", 9, 12), ("imageTagOnly", 9, 12), ("skipImageArg", 9, 12),
    ];

    public static IEnumerable<string> Top(int version) => Of(TopKeys, version);

    public static IEnumerable<string> Image(int version) => Of(ImageKeys, version);

    public static IEnumerable<string> Build(int version) => Of(BuildKeys, version);

    public static IEnumerable<string> Docker(int version) => Of(DockerKeys, version);

    public static IEnumerable<string> BuildKit(int version) => Of(BuildKitKeys, version);

    public static IEnumerable<string> Custom(int version) => Of(CustomKeys, version);

    private static IEnumerable<string> Of((string Key, int First, int Last)[] keys, int version) =>
        keys.Where(key => key.First <= version && version <= key.Last).Select(key => key.Key);
}
