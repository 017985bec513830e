using static BuildKit.Core.Projects.PropertyKind;

namespace BuildKit.Core.Projects;

/// <content>What builds them: builders, caches, reports, checks and the targets that are called by name.</content>
public static partial class PropertyTable
{
    private static ProjectProperty[] Builder =>
    [
        new("BuildKitBuilder", Text,
            "name of the builder. Else `BUILDX_BUILDER`, else the current one of `docker buildx use`, else the engine of DOCKER_HOST or the "
                + "current context") { DefaultText = "Docker's selection" },
        new("BuildKitDriver", Choice,
            "`docker`, `docker-container`, `kubernetes`, `remote`: a builder of that driver is created when it is missing (named `buildkit-tasks` "
                + "without `BuildKitBuilder`)")
            { Values = ["docker", "docker-container", "kubernetes", "remote"] },
        new("BuildKitBuilderEndpoint", Text,
            "where a remote builder is (`tcp://`, `unix://`, `ssh://`, `docker-container://`, `kube-pod://`); alone it means "
                + "`BuildKitDriver=remote`. With docker-container: an engine or context"),
        new("BuildKitBuilderFlags", Text, "flags of the daemon of a builder that is created"),
        new("BuildKitBuilderConfigFile", PropertyKind.Path, "buildkitd configuration of a builder that is created"),
        new("BuildKitProbeAge", Time,
            "how long a successful check of the builder is valid, in seconds or hh:mm:ss. Within that time, when the same is asked of the "
                + "same programs and no build failed, the next build starts no process to check again; `0` checks each time")
            { DefaultText = "30 minutes" },
        new("BuildKitTimeout", Time, "the longest time that the build of one image may take, in seconds or hh:mm:ss; then it is stopped (BK1022)"),
        new("BuildKitStallTimeout", Time,
            "how long a build may wait for a registry, the builder or the engine without any progress, in seconds or hh:mm:ss; then it is "
                + "stopped (BK1070 to BK1073). While layers are pushed, of which BuildKit shows no progress, and the registry answers other "
                + "questions, it may take six times as long. The log says what the build waits for after 30 seconds. A RUN step has no limit "
                + "here; `0` sets no limit at all")
            { DefaultText = "10 minutes" },
        new("BuildKitRegistryTimeout", Time,
            "how long a request of this package to a registry and its token server may take, in seconds or hh:mm:ss; a credential helper has a "
                + "third of that time. The caches of a registry that does not answer are left out (BK4013)")
            { DefaultText = "30 seconds" },
        new("BuildKitDockerPath", Text, "Docker's command line") { DefaultText = "`docker` on PATH" },
        new("BuildKitProgress", Choice, "`plain` prints a line for each finished step, and a summary. `details` prints them, and what was "
            + "decided, below the result, where MSBuild's terminal logger shows them too")
            { Values = ["auto", "plain", "details"], DefaultText = "`plain` in CI, else `auto`" },
    ];

    private static ProjectProperty[] Caches =>
    [
        new("BuildKitCacheProfile", Choice,
            "who reads and writes what, see below. Empty chooses by the CI system; outside CI it is `Development`. The log says which and why")
            { Values = ["Development", "Production", "Branch", "PullRequest"], DefaultText = "chosen" },
        new("BuildKitDefaultBranch", Text,
            "the repository's default branch. Azure Pipelines, CircleCI, Bitbucket, AppVeyor and Travis do not say which it is")
            { DefaultText = "what CI says" },
        new("BuildKitBaseBranch", Text, "the branch that this one came from, whose cache it reads after its own")
            { DefaultText = "what CI says, else the default branch" },
        new("BuildKitCacheType", Choice, "where the caches of the profile are: `Inline` is inside the image")
            { Default = "Registry", Values = ["Registry", "Inline", "None"] },
        new("BuildKitCacheWrite", Choice, "`auto` writes in builds that push and may be trusted")
            { Default = "auto", Values = ["auto", "always", "never"] },
        new("BuildKitCacheRepository", Text, "registry/repository for the caches") { DefaultText = "the image's" },
        new("BuildKitDevelopmentCacheTag", Text, "tag of the development cache") { Default = "devcache" },
        new("BuildKitProductionCacheTag", Text, "tag of the production cache; those of branches begin with it") { Default = "buildcache" },
        new("BuildKitCacheCompression", Choice,
            "compression of written caches. Layers that are compressed already (those of base images, and of the image) stay as they are")
            { Values = ["gzip", "zstd", "estargz", "uncompressed"], DefaultText = "`gzip`" },
    ];

    private static ProjectProperty[] CacheCleaning =>
    [
        new("BuildKitPruneConfirm", Switch, "`true` removes; without it, the target only reports what would be removed") { Default = "false" },
        new("BuildKitPrunePattern", Text,
            "tags to remove, with `*` and `?`: by default those of branches and pull requests. Only caches are ever removed, whatever the pattern")
            { DefaultText = "`buildcache-*`" },
        new("BuildKitPruneOlderThan", Text, "minimum age: a number and `d`, `h` or `m`. The age is that of the newest step in the cache")
            { Default = "30d" },
        new("BuildKitPruneKeep", Text, "how many of the newest stay, whatever their age") { Default = "0" },
    ];

    private static ProjectProperty[] Report =>
    [
        new("BuildKitReport", Switch,
            "`true` writes a page with the timeline of each image that is built, `obj/…/buildkit/<image>.html`, and says where it is; a build that "
                + "failed in a step has one in any case. Each build leaves the same as [JSON](report.schema.json) beside it, for the comparison "
                + "with the next") { Default = "false" },
        new("BuildKitReportHistory", PropertyKind.Path,
            "a `<image>.report.json` of an earlier build, or a folder with it at any depth, as an artifact of an earlier CI run has it: for the "
                + "comparison and the last builds where `obj` has none. The ready workflow for GitHub keeps the file in the cache instead"),
    ];

    private static ProjectProperty[] Checks =>
    [
        new("BuildKitLint", Choice,
            "`error`: BuildKit's checks and ours run before the build, and one that hits ends it. Single codes: `NoWarn`, `WarningsAsErrors`, and "
                + "in the Dockerfile `# check=skip=BK3310`") { Default = "warn", Values = ["off", "warn", "error"] },
        new("BuildKitLintRules", Choices, "checks that are off by default: `BK3316` (base image without a digest), `BK3317` (root user)")
            { Values = ["BK3316", "BK3317"] },
    ];

    private static ProjectProperty[] Verbs =>
    [
        new("BuildKitWrittenDockerfile", PropertyKind.Path,
            "file that `BuildKitWriteDockerfile` writes; with several images, the image's name is appended") { Default = "Dockerfile.buildkit" },
        new("BuildKitDoctorJson", PropertyKind.Path, "a file that gets the doctor's findings as JSON"),
        new("BuildKitPruneBuilderDryRun", Switch, "`false` frees what the target otherwise only reports") { Default = "true" },
        new("BuildKitPruneBuilderKinds", Choices, "records to free")
            { Values = ["CacheMounts", "LocalSources", "GitSources", "Steps", "Frontends", "Internal"], DefaultText = "all" },
        new("BuildKitPruneBuilderUnusedFor", Time, "only what has not been used for this long (seconds or hh:mm:ss)"),
        new("BuildKitPruneBuilderAll", Switch, "also what images still use") { Default = "false" },
        new("BuildKitPruneBuilderMaxUsedSpace", Text, "the most space that may stay in use, such as `10gb`"),
        new("BuildKitPruneBuilderReservedSpace", Text, "space that is kept in any case, such as `10gb`"),
        new("BuildKitPruneBuilderMinFreeSpace", Text, "space that is to be free on the disk, such as `10gb`"),
        new("BuildKitPruneBuilderRemoveUnusedFor", Time,
            "builders of this package that have not been used for this long are removed (seconds or d.hh:mm:ss)"),
    ];
}
