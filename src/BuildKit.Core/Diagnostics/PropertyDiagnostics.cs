using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK2xxx: what the project asks for, found before the engine is called.</summary>
internal static class PropertyDiagnostics
{
    /// <summary>A value outside its list.</summary>
    public static readonly DiagnosticDescriptor ValueNotAccepted = new(
        "BK2001", Error, "A value is not accepted",
        "{0} is \"{1}\", but it takes {2}.{3}",
        "The property or metadata has a fixed list of values.",
        "Use one of the listed values.");

    /// <summary>Not a repository name.</summary>
    public static readonly DiagnosticDescriptor InvalidRepository = new(
        "BK2002", Error, "The image name is not valid",
        "{0} is \"{1}\", which is no valid image name: {2}. Use lower-case letters, digits and single separators (. _ -), with / "
            + "between parts, for example \"team/shop-api\".",
        "Image names follow the grammar of the distribution specification.",
        "Correct ContainerRepository.");

    /// <summary>Not a tag.</summary>
    public static readonly DiagnosticDescriptor InvalidTag = new(
        "BK2003", Error, "The tag is not valid",
        "{0} has the tag \"{1}\", which is not valid: a tag has at most 128 letters, digits, '_', '.' and '-', and begins with a "
            + "letter, digit or '_'.",
        "Tags follow the grammar of the distribution specification.",
        "Correct ContainerImageTag or ContainerImageTags.");

    /// <summary>No such stage in the Dockerfile.</summary>
    public static readonly DiagnosticDescriptor UnknownStage = new(
        "BK2004", Error, "The target stage does not exist",
        "BuildKitTargetStage is \"{0}\", but {1} has {2}.{3}",
        "The Dockerfile has no FROM ... AS with that name.",
        "Correct BuildKitTargetStage, or name the stage in the Dockerfile.");

    /// <summary>Not a platform.</summary>
    public static readonly DiagnosticDescriptor InvalidPlatform = new(
        "BK2005", Error, "The platform is not valid",
        "{0} has \"{1}\", which is no platform. Write os/architecture, for example linux/amd64 or linux/arm64, or a runtime identifier "
            + "such as linux-x64 in ContainerRuntimeIdentifier(s).",
        "A platform is os/architecture[/variant].",
        "Correct the value.");

    /// <summary>The variable of a secret is not set.</summary>
    public static readonly DiagnosticDescriptor SecretVariableUnset = new(
        "BK2006", Error, "The environment variable of a secret is not set",
        "The secret \"{0}\" is taken from the environment variable {1}, which is not set. Set it before the build, or correct the "
            + "BuildKitSecret item. (BuildKit itself would go on without the secret.)",
        "BuildKit passes an unset variable as no secret, and the step fails later or builds something else.",
        "Set the variable in the shell or the CI job that builds.");

    /// <summary>The file of a secret is missing.</summary>
    public static readonly DiagnosticDescriptor SecretFileMissing = new(
        "BK2007", Error, "The file of a secret does not exist",
        "The secret \"{0}\" is taken from the file \"{1}\", which does not exist. Create it, or correct the BuildKitSecret item.",
        "The path of a secret is relative to the project's folder.",
        "Create the file or correct its path.");

    /// <summary>Two outputs that exclude each other.</summary>
    public static readonly DiagnosticDescriptor OutputsContradict = new(
        "BK2008", Error, "Outputs contradict each other",
        "{0}. {1}",
        "Some outputs exclude each other, or need something that is not set.",
        "Change one of the two.");

    /// <summary>A secret without a source, or with two.</summary>
    public static readonly DiagnosticDescriptor SecretSource = new(
        "BK2009", Error, "A secret needs one source",
        "The BuildKitSecret \"{0}\" has {1}. Give it EnvironmentVariable or File: <BuildKitSecret Include=\"{0}\" "
            + "EnvironmentVariable=\"NPM_TOKEN\" />.",
        "A secret comes from one environment variable or one file, never from a value in the project.",
        "Give exactly one of the two metadata.");

    /// <summary>A build argument or context that looks like a credential, or has one in it.</summary>
    public static readonly DiagnosticDescriptor LooksSecret = new(
        "BK2010", Warning, "A build argument or context looks like a secret",
        "{0} looks like a credential ({1}). {2}",
        "An argument's name says password, secret, token or key, its value has the form of a known credential, or the URL of a "
            + "context has a password.",
        "Pass it as a BuildKitSecret. For a context in a private repository, BuildKit takes the secret `GIT_AUTH_TOKEN`.");

    /// <summary>A name that cannot be one.</summary>
    public static readonly DiagnosticDescriptor InvalidName = new(
        "BK2011", Error, "A name is not valid",
        "{0} \"{1}\" is not valid: {2}. Correct the item.",
        "Names of build arguments, labels, environment variables, contexts, ports and hosts have fixed forms.",
        "Correct the item.");

    /// <summary>A named context that leads nowhere.</summary>
    public static readonly DiagnosticDescriptor NamedContextMissing = new(
        "BK2012", Error, "A named context does not exist",
        "The named context \"{0}\" is the folder \"{1}\", which does not exist. Correct the BuildKitNamedContext item; an image is "
            + "written docker-image://name.",
        "A named context is a folder, a URL, docker-image://, oci-layout:// or target:.",
        "Correct the Source metadata.");

    /// <summary>Not a registry host.</summary>
    public static readonly DiagnosticDescriptor InvalidRegistry = new(
        "BK2013", Error, "The registry is not valid",
        "{0} is \"{1}\", which is no registry: write host or host:port, without a scheme; the path belongs into ContainerRepository.",
        "A registry is a host name with an optional port.",
        "Correct ContainerRegistry.");

    /// <summary>No published files to make an image of.</summary>
    public static readonly DiagnosticDescriptor NothingPublished = new(
        "BK2015", Error, "There are no published files",
        "The folder \"{0}\" has no published files, so there is nothing to put into the image. Use \"dotnet publish\" (without "
            + "--no-build when nothing is built yet), or name a Dockerfile with BuildKitDockerfile.",
        "BuildKitImageSource=PublishOutput lays the output of Publish on a base image.",
        "Publish first, or set BuildKitDockerfile.");

    /// <summary>Two images of one project with the same reference.</summary>
    public static readonly DiagnosticDescriptor DuplicateImage = new(
        "BK2017", Error, "Two images have one name",
        "The images \"{0}\" and \"{1}\" of this project would both be {2}. Give one of them another ContainerRepository or tag.",
        "The later one would replace the earlier one without a word.",
        "Set ContainerRepository (or a tag) on the BuildKitImageDefinition items.");

    /// <summary>Something the product does not do.</summary>
    public static readonly DiagnosticDescriptor NotSupported = new(
        "BK2019", Error, "Not supported",
        "{0} is not supported: {1}",
        "A stated difference from the SDK's container publishing.",
        "See the reference for the alternative.");

    /// <summary>A property of another kind of image.</summary>
    public static readonly DiagnosticDescriptor NotReadByAnyone = new(
        "BK2020", Warning, "A property that nothing reads",
        "{0} is set, but nothing reads it. {1}",
        "The property is for images of published files. With a Dockerfile the Dockerfile says it.",
        "Write it in the Dockerfile (for example HEALTHCHECK), and remove the property.");

    /// <summary>A Dockerfile was seen and is not used.</summary>
    public static readonly DiagnosticDescriptor DockerfileNotUsed = new(
        "BK2021", Message, "A Dockerfile beside the project is not used",
        "{0} is not used: PublishContainer is taken over, and the image is made from the published files. Set BuildKitDockerfile to build from it.",
        "BuildKitReplacePublishContainer keeps the SDK's contract unless a Dockerfile is named.",
        "Set BuildKitDockerfile.");

    /// <summary>A file to copy that is not there.</summary>
    public static readonly DiagnosticDescriptor CopiedFileMissing = new(
        "BK2031", Error, "A file to copy into the image does not exist",
        "The BuildKitCopy \"{0}\" is no file or folder. Correct the item; paths are relative to the project's folder.",
        "The path leads nowhere, or the folder has no files.",
        "Correct the Include of the BuildKitCopy item.");

    /// <summary>A fragment that cannot be appended.</summary>
    public static readonly DiagnosticDescriptor FragmentNotUsable = new(
        "BK2032", Error, "The Dockerfile fragment cannot be used",
        "The fragment \"{0}\" {1}.",
        "A fragment has instructions that go on where the Dockerfile of published files ends.",
        "Correct BuildKitDockerfileFragment or the file; a Dockerfile with stages of its own belongs into BuildKitDockerfile.");

    /// <summary>A file that would be lost.</summary>
    public static readonly DiagnosticDescriptor FileNotOurs = new(
        "BK2033", Error, "A file is not written over",
        "{0} was not written by BuildKitWriteDockerfile, or was changed since, and is not written over. Remove it, or name another file"
            + " with BuildKitWrittenDockerfile.",
        "Only a file that BuildKitWriteDockerfile wrote, and that nobody changed, is written again.",
        "Remove the file or set BuildKitWrittenDockerfile.");

    /// <summary>A repository that is not the name it was made of.</summary>
    public static readonly DiagnosticDescriptor NameChanged = new(
        "BK2034", Warning, "The image's name is not the project's",
        "The image of {0} is called {1}, since an image name has no letters but a to z. Another project may become the same name: set "
            + "ContainerRepository.",
        "Letters outside ASCII become '-', as the SDK does it.",
        "Set ContainerRepository to the name that the image is to have.");
}
