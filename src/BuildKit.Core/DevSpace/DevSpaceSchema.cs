namespace BuildKit.Core.DevSpace;

/// <summary>
/// The keys that DevSpace's versions have, where images depend on them (pkg/devspace/config/versions of
/// https://github.com/devspace-sh/devspace). Sections that shape no image are not looked into.
/// </summary>
internal static class DevSpaceSchema
{
    public const string Latest = "v2beta1";

    /// <summary>Versions that are read.</summary>
    public static readonly string[] Versions =
        [Latest, .. Enumerable.Range(1, 11).Select(number => $"v1beta{number}")];

    public static readonly string[] Top =
    [
        "version", "name", "imports", "functions", "pipelines", "images", "deployments", "dev", "vars", "commands",
        "dependencies", "pullSecrets", "require", "profiles", "hooks", "localRegistry",
    ];

    public static readonly string[] TopOfVersion1 =
    [
        "version", "name", "require", "vars", "pullSecrets", "images", "deployments", "dev", "hooks", "commands", "profiles",
        "dependencies", "cluster", "tillerNamespace",
    ];

    public static readonly string[] Image =
    [
        "name", "image", "tags", "dockerfile", "context", "entrypoint", "cmd", "appendDockerfileInstructions", "buildArgs",
        "target", "network", "rebuildStrategy", "skipPush", "createPullSecret", "buildKit", "docker", "kaniko", "custom",
        "injectRestartHelper", "injectLegacyRestartHelper", "restartHelperPath",
    ];

    public static readonly string[] ImageOfVersion1 =
    [
        "image", "tags", "tag", "dockerfile", "context", "entrypoint", "cmd", "createPullSecret", "injectRestartHelper",
        "restartHelperPath", "appendDockerfileInstructions", "rebuildStrategy", "preferSyncOverRebuild", "build", "insecure",
        "skipPush", "tagsFile",
    ];

    public static readonly string[] Build = ["docker", "kaniko", "buildKit", "custom", "disabled"];

    public static readonly string[] BuildKit = ["inCluster", "preferMinikube", "args", "command"];

    public static readonly string[] Docker = ["disableFallback", "preferMinikube", "useCli", "args", "useBuildKit"];

    /// <summary>What v1 has in an engine besides.</summary>
    public static readonly string[] EngineOfVersion1 = ["skipPush", "options"];

    public static readonly string[] Options = ["target", "network", "buildArgs"];

    public static readonly string[] Custom = ["command", "commands", "args", "appendArgs", "imageFlag", "imageTagOnly", "skipImageArg", "onChange"];

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

    /// <summary>Sections that an import brings.</summary>
    public static readonly string[] ImportSections =
    [
        "require", "vars", "dev", "deployments", "images", "pipelines", "commands", "functions", "pullSecrets",
        "dependencies", "profiles", "hooks", "localRegistry",
    ];
}
