namespace BuildKit.Core.Projects;

/// <summary>An item type that the package reads: its metadata and its meaning stand here only.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Metadata">Names of its metadata; <c>Image</c>, which most have, is not among them.</param>
/// <param name="Meaning">One line for the reference, in Markdown; empty for the SDK's own.</param>
internal sealed record ProjectItem(string Name, IReadOnlyList<string> Metadata, string Meaning = "")
{
    /// <summary>The heading of the reference that it stands under.</summary>
    public string Heading { get; init; } = "";

    /// <summary>What the reference says of its metadata instead of a list of names.</summary>
    public string MetadataText { get; init; } = "";

    /// <summary>Whether it may belong to one image, by the metadata <c>Image</c>.</summary>
    public bool OfImage { get; init; } = true;

    /// <summary>Whether the task that selects the images reads it, before the project is published.</summary>
    public bool ReadBySelection { get; init; }

    /// <summary>Metadata to hand over; empty for all.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>The item that is handed over under this name; empty for itself.</summary>
    public string Source { get; init; } = "";
}

/// <summary>Every item type that tasks get with <c>@(_BuildKitItem)</c>; the list in the targets is made from it.</summary>
internal static class ItemTable
{
    private const string Built = "What is built";
    private const string Published = "Published files";
    private const string Destinations = "Names and destinations";

    /// <summary>All of them, in the reference's order.</summary>
    public static IReadOnlyList<ProjectItem> All { get; } =
    [
        new("BuildKitImageDefinition", [], "one image; without items the properties define one. `ContainerRepository` defaults to the item's name")
            { Heading = Built, MetadataText = "any property that may be set per image", OfImage = false, ReadBySelection = true },
        new("BuildKitBuildArg", ["Value", "Sensitive"],
            "a build argument; without `Value` it is taken from the environment. `Sensitive=\"false\"` silences BK2010") { Heading = Built },
        new("BuildKitSecret", ["EnvironmentVariable", "File"], "a secret for `RUN --mount=type=secret,id=…`, by the name of a variable or of a file")
            { Heading = Built },
        new("BuildKitSsh", ["Path"], "an SSH agent or key for `RUN --mount=type=ssh`; without `Path` the agent of the environment")
            { Heading = Built },
        new("BuildKitNamedContext", ["Source"],
            "a further context: a folder, `docker-image://…`, `oci-layout://…`. With an image reference as its name it replaces that base image. "
                + "`publish` is the publish folder, when the Dockerfile copies from it (`COPY --from=publish . /app`)")
                { Heading = Built, ReadBySelection = true },
        new("BuildKitExtraHost", ["Address"], "a line of the host file of RUN steps") { Heading = Built },
        new("BuildKitBuildOption", [], "an option that `docker buildx build` gets as it is, for example `--shm-size=128m`") { Heading = Built },
        new("BuildKitRegistryMirror", ["Mirror"],
            "base images of a registry, or of a part of it (`Include`: `mcr.microsoft.com`, `mcr.microsoft.com/dotnet`, `docker.io`), are fetched "
                + "from `Mirror` (`registry.example.com/mcr`) instead: those of published files, and in a Dockerfile all that FROM, COPY --from, "
                + "RUN --mount=from and the syntax line name. The longest name that matches decides; an image with a `BuildKitNamedContext` of its "
                + "own keeps that. Names with a platform argument (`$TARGETARCH`) are not replaced") { Heading = Built },
        new("BuildKitCopy", ["Destination", "Mode", "Owner"],
            "a file, a folder or a pattern of the project to copy to `Destination` (a folder when it ends with `/`; default: the working "
                + "directory). What `**` finds keeps its folders. `Mode` in octal, else readable by all and executable when it is so on disk or a "
                + "script; `Owner` a user or user:group, else root. Files for other folders than the application's come before the commands of "
                + "`BuildKitRun`, and make BuildKit fetch the base image") { Heading = Published, Source = "_BuildKitCopy" },
        new("BuildKitRun", ["CacheMount", "Secret"],
            "a command for the shell that runs as root on the base image, before the application's files come; several run in order. `CacheMount` "
                + "lists folders that keep their content from build to build and stay out of the image, `Secret` ids of `BuildKitSecret` items, "
                + "which are then in `/run/secrets`; an id without such an item is BK2011") { Heading = Published },
        new("BuildKitOutput", ["Type", "Path"],
            "a further output: `registry`, `image` (the engine), `oci`, `docker` (archives), `oci-layout` (a folder in the OCI layout), `local` (a "
                + "folder with the files), `cacheonly`") { Heading = Destinations },
        new("ContainerLabel", ["Value"], "a label") { Heading = Destinations },
        new("BuildKitDevSpaceVar", ["Value"], "a variable, as with `devspace --var`")
            { Heading = "Images that other files describe", OfImage = false, ReadBySelection = true },
        new("BuildKitProject", ["AdditionalProperties"],
            "a project, a glob, or a solution: then the projects that it builds in the configuration. Those that make an image by their own "
                + "settings take part; others are passed over. A project that is not there is BK6201")
                { Heading = "Many images, one solve", OfImage = false, ReadBySelection = true },
        new("BuildKitDriverOption", ["Value"], "an option of a builder that is created, by buildx's name; for all its nodes")
            { Heading = "Builder", OfImage = false },
        new("BuildKitNode", ["Endpoint", "Platforms", "Flags"], "a node of a builder that is created; several make one builder of several machines")
            { Heading = "Builder", MetadataText = "`Endpoint`, `Platforms`, `Flags`, and each option of the driver", OfImage = false },
        new("BuildKitRegistry", ["Http", "Insecure", "CertificateAuthority", "ClientCertificate", "ClientKey", "Mirrors"],
            "how a builder that is created reaches a registry (`Include`: host or host:port). But for mirrors it holds for this package's own "
                + "questions too: whether a push is allowed, where a tag points, what a base image is")
                { Heading = "Builder", OfImage = false, ReadBySelection = true },
        new("BuildKitCacheFrom", ["Type"], "a cache to read") { Heading = "Caches", MetadataText = "`Type`, and the backend's keys" },
        new("BuildKitCacheTo", ["Type"], "a cache to write, pushed or not; never by a run that may write nothing")
            { Heading = "Caches", MetadataText = "`Type`, and the backend's keys" },
        new("ContainerPort", ["Type"]),
        new("ContainerEnvironmentVariable", ["Value"]),
        new("ContainerAppCommand", []),
        new("ContainerAppCommandArgs", []),
        new("ContainerDefaultArgs", []),
        new("ContainerEntrypoint", []),
        new("ContainerEntrypointArgs", []),
        // Three of some thirty metadata; copying all of them for hundreds of files would show.
        new("ResolvedFileToPublish", []) { OfImage = false, Kept = ["RelativePath", "NuGetPackageId", "ReferenceSourceTarget"] },
    ];
}
