using static BuildKit.Core.Projects.PropertyKind;
using static BuildKit.Core.Projects.PropertyUse;

namespace BuildKit.Core.Projects;

/// <content>The images: whether, from what, and where they go.</content>
public static partial class PropertyTable
{
    private static ProjectProperty[] Switches =>
    [
        new("BuildKitEnabled", Choice,
            "`true` builds the project's images after `Publish`; `auto` does so where there is an engine, and says so once where there is none "
                + "(BK1020)")
            { Default = "false", Values = [.. SwitchText.Accepted, "auto"], Use = Selection },
        new("BuildKitReplacePublishContainer", Switch,
            "`true` makes `-t:PublishContainer` and `PublishProfile=DefaultContainer` go through BuildKit, with the SDK's outputs. With "
                + "`BuildKitEnabled` too, one image is built. On an SDK whose own target comes after ours all outputs stay empty and the image is "
                + "built all the same. A Dockerfile beside the project is then used only when a property names it")
            { Default = "false", Use = Selection },
        new("BuildKitForce", Switch, "builds even when nothing changed") { Default = "false", Use = Image },
        new("BuildKitNoCache", Switch, "runs every step again. Cache mounts are emptied too") { Use = Image },
        new("BuildKitPull", Switch, "asks for base images again; a moved base tag counts as a change") { Use = Image },
    ];

    private static ProjectProperty[] Sources =>
    [
        new("BuildKitImageSource", Choice, "`Dockerfile`, or `PublishOutput`: the published files on a base image")
            { Values = ["Dockerfile", "PublishOutput"],
                DefaultText = "`Dockerfile` when one is named or lies beside the project, else `PublishOutput`", Use = Image | Selection },
        new("BuildKitDockerfile", PropertyKind.Path, "the Dockerfile; `DockerfilePath` and `DockerfileFile` are read too")
            { DefaultText = "`Dockerfile`", Use = Image | Selection },
        new("BuildKitContext", Text,
            "the build context: a folder or a URL. Else `DockerfileContext` (relative to the Dockerfile), else the nearest folder up to the "
                + "repository's root that has every COPY source, else the Dockerfile's folder. `-p:BuildKitProgress=details` shows the choice and "
                + "the reason")
            { DefaultText = "found", Use = Image },
        new("BuildKitTargetStage", Text, "the stage; `DockerfileStage` is read too") { DefaultText = "the last stage", Use = Image },
        new("BuildKitPlatforms", List,
            "platforms such as `linux/amd64,linux/arm64`; else `ContainerRuntimeIdentifier`, else `ContainerRuntimeIdentifiers`")
            { DefaultText = "the builder's own", Use = Image | Selection },
        new("BuildKitNetwork", Choice, "network of RUN steps: `default`, `none` or `host`") { Values = ["default", "none", "host"], Use = Image },
        new("BuildKitTargetFramework", Text,
            "in a project with several target frameworks, the one that the image is made of and that targets of this package are called for; "
                + "when it is empty, a message names the framework that was taken")
            { DefaultText = "the first", Use = Targets },
        new("BuildKitWithoutCode", Switch, "a folder without .NET code") { DefaultText = "`true` with the project SDK", Use = Selection },
    ];

    private static ProjectProperty[] Destinations =>
    [
        new("ContainerRegistry", List,
            "host or host:port, also several, as a list or as items `ContainerRegistry`; empty is the local engine. `RegistryUrl` wins")
            { TakesItems = true, Use = Image | Selection },
        new("ContainerRepository", Text, "name of the image; `ContainerImageName` is its old name")
            { DefaultText = "the assembly's name, as the SDK writes it", Use = Image },
        new("ContainerImageTag", List, "the tag; `PublishImageTag` and `AutoGenerateImageTag` are read as by the SDK")
            { DefaultText = "`latest`", Use = Image | Selection },
        new("ContainerImageTags", List, "several tags, as a list or as items `ContainerImageTags`") { TakesItems = true, Use = Image | Selection },
        new("ContainerArchiveOutputPath", PropertyKind.Path,
            "an archive instead of push or load: a file, or a folder for `<repository>.tar.gz`. `ContainerImageFormat=OCI` makes it an OCI "
                + "archive, and so do several platforms") { Use = Image },
        new("ContainerImageFormat", Choice, "media types") { Values = ["OCI", "Docker"], DefaultText = "the base image's", Use = Image },
        new("BuildKitPush", Switch, "`false` does not push although there is a registry; the image is then loaded")
            { DefaultText = "`auto`", Use = Image },
        new("BuildKitLoad", Switch,
            "`true` loads the image into the engine as well. A builder with a store of its own (docker-container) hands it over only when the "
                + "engine does not have this image already, unless it is smaller than 10 MB, one of several platforms, or built with attestations "
                + "or without cache")
            { DefaultText = "`auto`", Use = Image },
        new("BuildKitProvenance", Text,
            "provenance attestation: `false`, `min`, `max`. Off, unlike with buildx itself: it gives every build a new digest, and makes every "
                + "image an index") { DefaultText = "`false`", Use = Image },
        new("BuildKitSbom", Text, "SBOM attestation: `false`, `true`, or the image of a generator") { DefaultText = "`false`", Use = Image },
    ];

    private static ProjectProperty[] PublishedFiles =>
    [
        new("BuildKitHealthCheck", Text, "command for the shell that says whether the container is healthy")
            { DefaultText = "the base image's", Use = Image },
        new("BuildKitStopSignal", Text, "signal that stops the container") { DefaultText = "the base image's", Use = Image },
        new("BuildKitVolumes", List, "volumes, besides the base image's") { Use = Image },
        new("BuildKitDockerfileFragment", PropertyKind.Path,
            "a file with instructions that go on where our Dockerfile of published files ends, after its configuration (`USER root` comes first "
                + "where a RUN needs it); `BuildKitBuildArg` and `BuildKitSsh` reach it. Its errors point at its lines") { Use = Image },
        new("ContainerBaseImage", Text, "the base image") { DefaultText = "the SDK's choice for the project", Use = Image },
        new("ContainerRuntimeIdentifier", Text, "the one runtime identifier that the image is for")
            { DefaultText = "the project's", Use = Image | Selection },
        new("ContainerRuntimeIdentifiers", List, "runtime identifiers of an image for several platforms; else `RuntimeIdentifiers`")
            { Use = Image | Selection },
        new("ContainerWorkingDirectory", Text, "the working directory, where the files lie") { DefaultText = "`/app/`", Use = Image },
        new("ContainerUser", Text, "user, or user:group, by name or number") { DefaultText = "the base image's", Use = Image },
        new("ContainerAppCommandInstruction", Text, "how the command is written: `Entrypoint`, `DefaultArgs` or `None`")
            { DefaultText = "the SDK's choice", Use = Image },
        new("ContainerGenerateLabels", Text, "`false` writes none of the SDK's labels; so does `ContainerGenerateLabels…` for one of them")
            { DefaultText = "`true`", Use = Image },
        new("ContainerGenerateLabelsImageBaseDigest", Text, "`false` leaves the label with the base image's digest out")
            { DefaultText = "`true`", Use = Image },
        new("ContainerGenerateLabelsImageCreated", Text, "`true` writes the time of the build into a label, so that no two builds are equal")
            { DefaultText = "`false`", Use = Targets },
        new("ContainerPublishInParallel", Text, "`false` publishes for one runtime identifier after the other")
            { DefaultText = "`true`", Use = Targets },
    ];

    private static ProjectProperty[] ImageFiles =>
    [
        new("BuildKitDevSpaceFile", PropertyKind.Path,
            "a devspace.yaml (v2beta1, v1beta1 to v1beta11): its images are the project's, with Dockerfile, context, target, network, arguments, "
                + "tags, entrypoint, cmd, appended instructions and the arguments of its engines") { Use = Selection },
        new("BuildKitDevSpaceProfile", List, "profiles, in order, as with `devspace -p`; of one that is named twice the last place counts")
            { Use = Selection },
        new("BuildKitDevSpaceProfileActivation", Switch, "whether profiles activate themselves") { Default = "true", Use = Selection },
        new("BuildKitDevSpaceVar", Text,
            "variables as `devspace --var` takes them, with `;` between, for the command line: `-p:BuildKitDevSpaceVar=NAME=VALUE`. They win over "
                + "the items") { Use = Selection },
        new("BuildKitDevSpaceAllowCommands", Switch, "runs the commands whose output are variables and `$(...)` values")
            { Default = "false", Use = Selection },
        new("BuildKitImportFile", PropertyKind.Path,
            "file that `BuildKitImportDevSpace` writes. It has no value from the environment, an environment file or the command line: a property "
                + "`DevSpace_NAME` reads each from the environment variable or `-p:DevSpace_NAME=...`. A Dockerfile that DevSpace changes is "
                + "written beside it") { Default = "devspace.images.targets", Use = Selection },
        new("BuildKitExportFile", PropertyKind.Path, "file that `BuildKitExportDevSpace` writes")
            { Default = "devspace.images.yaml", Use = Selection },
        new("BuildKitComposeFile", List,
            "compose files, later ones over earlier ones (a compose.override.yaml belongs to its compose.yaml): their services with a `build` are "
                + "the project's images. A project of .NET code takes those that are built from its Dockerfile, with their context and the "
                + "services that they are built on (`additional_contexts: service:`)")
                { Use = Selection },
        new("BuildKitComposeService", List, "services to take") { DefaultText = "all", Use = Selection },
        new("BuildKitComposeProfile", List, "profiles whose services count too; `*` is all. COMPOSE_PROFILES adds to it") { Use = Selection },
        new("BuildKitOnlyImage", Text,
            "the one image definition to build, with the services of a compose file that it is built on; another name is an error")
            { DefaultText = "all", Use = Selection },
        new("BuildKitOnlyTag", Text,
            "the one tag of what is built, whatever other properties, definitions and files say: DevSpace's commands give it")
            { Use = Image | Selection },
    ];

    private static ProjectProperty[] Bakes =>
    [
        new("BuildKitBakeContinue", Switch, "`false` stops the other images when one fails") { Default = "true" },
        new("BuildKitBakeImages", Switch,
            "`false` builds several images of one project (of devspace.yaml, compose files or items) one after the other, not in one bake")
            { Default = "true", Use = Selection },
        new("BuildKitBakeSolution", Switch, "`false`: publishing a solution makes each image by its own project")
            { Default = "true", Use = Selection },
        new("BuildKitBakeFile", PropertyKind.Path, "the file of `BuildKitWriteBake`, relative to the project or solution")
            { Default = "docker-bake.json" },
    ];
}
