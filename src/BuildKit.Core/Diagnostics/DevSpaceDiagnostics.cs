using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK61xx: devspace.yaml and compose files, read as a source of images.</summary>
public static class DevSpaceDiagnostics
{
    /// <summary>A file that is named and not there.</summary>
    public static readonly DiagnosticDescriptor FileNotFound = new(
        "BK6101", Error, "The file does not exist",
        "{0} is \"{1}\", which does not exist or cannot be read. Correct the path; it is relative to {2}.",
        "BuildKitDevSpaceFile, BuildKitComposeFile, or a path inside such a file, leads nowhere.",
        "Correct the path.");

    /// <summary>Text that is no YAML.</summary>
    public static readonly DiagnosticDescriptor InvalidYaml = new(
        "BK6102", Error, "The file is no valid YAML",
        "This is no valid YAML: {0}. Correct this line.",
        "The file breaks a rule of YAML, or is larger than any such file needs to be.",
        "Correct the line.");

    /// <summary>A key that nobody knows.</summary>
    public static readonly DiagnosticDescriptor UnknownKey = new(
        "BK6103", Error, "A key is not known",
        "\"{0}\" is no key of {1}.{2}",
        "DevSpace refuses a file with a key that its version does not have; so do we.",
        "Correct or remove the key.");

    /// <summary>A list where a map belongs, and the like.</summary>
    public static readonly DiagnosticDescriptor WrongKind = new(
        "BK6104", Error, "A value has the wrong form",
        "{0} is {2}, but must be {1}.",
        "The key takes a text, a list or a map, and something else is written.",
        "Write the value in the form that the message names.");

    /// <summary>No version, or one that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownVersion = new(
        "BK6105", Error, "The version of devspace.yaml is not known",
        "The version is {0}; v2beta1 and v1beta1 to v1beta11 are read. The file begins with \"version: v2beta1\".",
        "Every devspace.yaml says its version, which decides the meaning of its keys.",
        "Write the version.");

    /// <summary>A profile that is not defined.</summary>
    public static readonly DiagnosticDescriptor UnknownProfile = new(
        "BK6106", Error, "The profile does not exist",
        "There is no profile \"{0}\"; {1}.",
        "BuildKitDevSpaceProfile or a parent names a profile that the file does not define.",
        "Correct the name.");

    /// <summary>Something that leads back to itself.</summary>
    public static readonly DiagnosticDescriptor Cycle = new(
        "BK6107", Error, "A definition leads back to itself",
        "The {0} {1} form a cycle. Remove one of these links.",
        "Parents of profiles, variables, imports and dependencies must end somewhere.",
        "Remove one link of the chain in the message.");

    /// <summary>A variable without a value.</summary>
    public static readonly DiagnosticDescriptor UnresolvedVariable = new(
        "BK6108", Error, "A variable has no value",
        "{0}. Give {1} a value with <BuildKitDevSpaceVar Include=\"{2}\" Value=\"...\" />, -p:BuildKitDevSpaceVar={2}=..., an "
            + "environment variable, or a default in the file.",
        "A build asks no questions, so every variable that an image uses needs a value, a default or an environment variable.",
        "Add a BuildKitDevSpaceVar item.");

    /// <summary>A command that may not run.</summary>
    public static readonly DiagnosticDescriptor CommandNotAllowed = new(
        "BK6109", Error, "The file wants to run a command",
        "{0} is the output of the command \"{1}\", which is not run unless BuildKitDevSpaceAllowCommands is true. Set it when you trust"
            + " the file, or give the value with a BuildKitDevSpaceVar item.",
        "Reading a file should start no programs without being asked to.",
        "Set BuildKitDevSpaceAllowCommands, or give the value.");

    /// <summary>A command that failed.</summary>
    public static readonly DiagnosticDescriptor CommandFailed = new(
        "BK6110", Error, "A command of the file failed",
        "The command \"{0}\" failed: {1}. Run it in the file's folder to see why, or give the value with a BuildKitDevSpaceVar item.",
        "A variable or expression is the output of a command, and the command ended with an error.",
        "Run the command in the file's folder and correct it.");

    /// <summary>A patch that DevSpace refuses.</summary>
    public static readonly DiagnosticDescriptor PatchRefused = new(
        "BK6111", Error, "A patch cannot be applied",
        "The patch {0} \"{1}\" cannot be applied: {2}. Correct its path, operation or value.",
        "DevSpace stops at such a patch as well.",
        "Correct its path, operation or value.");

    /// <summary>A patch that changes nothing.</summary>
    public static readonly DiagnosticDescriptor PatchWithoutEffect = new(
        "BK6112", Warning, "A patch changes nothing",
        "The patch {0} \"{1}\" changes nothing, because {2}. DevSpace passes over it without a word. Correct the path, or remove the patch.",
        "The path leads to something that is not in the file.",
        "Correct the path, or remove the patch.");

    /// <summary>Something that has no counterpart here.</summary>
    public static readonly DiagnosticDescriptor NotCarried = new(
        "BK6113", Warning, "A setting is not carried over",
        "{0} is not carried over: {1}.",
        "The setting belongs to another engine, to a cluster, or to a step that is not an image build.",
        "Do what the message says, or silence it with NoWarn when it does not matter.");

    /// <summary>A key that DevSpace itself does not know.</summary>
    public static readonly DiagnosticDescriptor RefusedByDevSpace = new(
        "BK6114", Warning, "DevSpace itself refuses a key",
        "\"{0}\" is understood here ({1}), but DevSpace has no such key and refuses the whole file. Remove it if DevSpace is to read the file too.",
        "The key is found in guides, not in DevSpace's schema, which is strict.",
        "Remove the key if DevSpace is to read the file too.");

    /// <summary>Two arguments in one list entry.</summary>
    public static readonly DiagnosticDescriptor TwoArgumentsInOne = new(
        "BK6115", Warning, "One entry holds two arguments",
        "\"{0}\" is one argument for buildx, blank included, which it does not know. It is read as two; write two entries, or --name=value.",
        "Each entry of args reaches buildx as one argument.",
        "Write \"--name=value\".");

    /// <summary>A number that changes when it is read.</summary>
    public static readonly DiagnosticDescriptor NumberChanges = new(
        "BK6116", Warning, "An unquoted value changes",
        "{0} without quotes is read as {1}. Put it into quotes to keep it as written.",
        "YAML reads 1.10 as a number, which has no last zero, True as a boolean, and 2026-05-01 as a time.",
        "Write it in quotes.");

    /// <summary>Tags by chance, which would make every build a new one.</summary>
    public static readonly DiagnosticDescriptor RandomTag = new(
        "BK6117", Message, "DevSpace would make a random tag",
        "The image \"{0}\" has no tags, for which DevSpace makes a random one; here it gets \"latest\". Set ContainerImageTags for another.",
        "A random tag would make every build a new image.",
        "Set ContainerImageTags, or tags in the file.");

    /// <summary>An image that cannot be one.</summary>
    public static readonly DiagnosticDescriptor InvalidImage = new(
        "BK6118", Error, "An image is not valid",
        "The image \"{0}\" {1}. Correct the entry.",
        "An image needs a name and tags that a registry takes.",
        "Correct the entry.");

    /// <summary>An image without a registry.</summary>
    public static readonly DiagnosticDescriptor NoRegistry = new(
        "BK6119", Message, "DevSpace would push to Docker Hub",
        "The image name \"{0}\" has no registry. DevSpace would push it to Docker Hub unless the cluster is local; here it goes {1}.",
        "A name without a host stands for Docker Hub, and most such names are only meant for local clusters.",
        "Set ContainerRegistry, or skipPush in the file.");

    /// <summary>A variable of a compose file.</summary>
    public static readonly DiagnosticDescriptor Interpolation = new(
        "BK6121", Error, "A variable of the compose file cannot be filled in",
        "\"{0}\" cannot be filled in: {1}. Set the variable, or correct its spelling.",
        "Compose files take ${NAME}, ${NAME:-default}, ${NAME:?message} and ${NAME:+other} from the environment and the file .env.",
        "Set the variable, or correct its spelling.");

    /// <summary>A service that is not there or has no build.</summary>
    public static readonly DiagnosticDescriptor UnknownService = new(
        "BK6122", Error, "The service does not exist",
        "There is no service \"{0}\" with a build section; {1}.",
        "BuildKitComposeService, or an \"extends\", names a service that the file does not have.",
        "Correct the name.");

    /// <summary>Nothing to build.</summary>
    public static readonly DiagnosticDescriptor NoImages = new(
        "BK6120", Warning, "There is no image to build",
        "{0} describes no image to build{1}. Name a profile that has one, or take the file out of the project.",
        "The file, with these profiles, has no images section, or none of its images is built from a Dockerfile.",
        "Name a profile with BuildKitDevSpaceProfile or BuildKitComposeProfile, or remove the property.");

    /// <summary>A variable on the command line that is none.</summary>
    public static readonly DiagnosticDescriptor WrongVariable = new(
        "BK6123", Error, "A variable is not given as NAME=VALUE",
        "BuildKitDevSpaceVar has \"{0}\", which is not NAME=VALUE. Write -p:BuildKitDevSpaceVar=NAME=VALUE; a semicolon separates several.",
        "The property takes what \"devspace --var\" takes, which is a name, an equals sign and a value.",
        "Write NAME=VALUE.");

    /// <summary>A cache that goes elsewhere than the image.</summary>
    public static readonly DiagnosticDescriptor CacheElsewhere = new(
        "BK6124", Warning, "The cache goes to another registry than the image",
        "The cache reference \"{0}\" names no registry, so the cache is at Docker Hub, while the image goes to {1}. Write ref={1}/{0}, "
            + "or remove the cache arguments: a cache beside the image is read and written by itself.",
        "A reference without a host stands for Docker Hub, and the project's ContainerRegistry is for images.",
        "Write the registry into the reference, or remove --cache-to and --cache-from.");

    /// <summary>A value that an import cannot take over.</summary>
    public static readonly DiagnosticDescriptor ImportedValue = new(
        "BK6125", Warning, "The import does not write a value as it is now",
        "{0} {1}; {2}.",
        "The imported file is meant for the repository. Values from the environment, an environment file or the command line do not "
            + "belong there, and a value that changes with each build or commit would stay what it was.",
        "Do what the message says, and look at the imported file.");

    /// <summary>An image that is wanted and not there.</summary>
    public static readonly DiagnosticDescriptor UnknownImage = new(
        "BK6126", Error, "The wanted image does not exist",
        "BuildKitOnlyImage is \"{0}\", but {1}. Nothing is built. Correct the name.",
        "BuildKitOnlyImage names one of the project's image definitions, which may come from devspace.yaml or a compose file. An image "
            + "with a custom command in devspace.yaml is none of them.",
        "Correct the name.");

    /// <summary>An export that would call what reads it.</summary>
    public static readonly DiagnosticDescriptor ExportCircle = new(
        "BK6127", Error, "DevSpace and this project would call each other",
        "The project reads its images from \"{0}\". With the exported section in it, DevSpace would call this project, which would find"
            + " no image there to build. Run -t:BuildKitImportDevSpace, import the items instead of BuildKitDevSpaceFile, and export then.",
        "The exported section replaces the images section that the project reads.",
        "Import the images into the project first.");
}
