using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK62xx: the images of several projects, built in one bake.</summary>
public static class BakeDiagnostics
{
    /// <summary>A project that is named and not there.</summary>
    public static readonly DiagnosticDescriptor ProjectNotFound = new(
        "BK6201", Error, "A project of the bake does not exist",
        "The bake has the project {0}, which does not exist. The path is relative to {1}.",
        "An item BuildKitProject, or a line of the solution, leads nowhere.",
        "Correct the path, or remove the item.");

    /// <summary>Two projects whose images would replace each other.</summary>
    public static readonly DiagnosticDescriptor SameReference = new(
        "BK6202", Error, "Two projects have one image name and tag",
        "The image {0} of {1} and the image {2} of {3} are both called {4}; one would replace the other.",
        "Both projects set the same ContainerRepository, or the same name and tag in another way.",
        "Give one of them another ContainerRepository or tag.");

    /// <summary>Images that need each other.</summary>
    public static readonly DiagnosticDescriptor Cycle = new(
        "BK6203", Error, "Images build on each other in a circle",
        "None of these images can be built first: {0}.",
        "A FROM, a COPY --from, a named context or a base image leads back to the image it belongs to.",
        "Take one of the references out of the circle.");

    /// <summary>No project makes an image.</summary>
    public static readonly DiagnosticDescriptor NoImages = new(
        "BK6204", Warning, "The bake has no images",
        "None of the {0} projects makes an image, so nothing is baked.",
        "The projects do not reference BuildKit.Tasks, have BuildKitEnabled off, or are libraries or tests.",
        "Set BuildKitEnabled in the projects that shall have an image.");

    /// <summary>An image whose base failed.</summary>
    public static readonly DiagnosticDescriptor BaseFailed = new(
        "BK6205", Error, "An image was not built, because the one it builds on failed",
        "{0} was not built, because it builds on {1}, which failed.",
        "The image is made from another one of the same bake, whose own error is reported at its place.",
        "Correct the other image.");

    /// <summary>An option that a bake has no word for.</summary>
    public static readonly DiagnosticDescriptor OptionNotBakeable = new(
        "BK6206", Error, "An option cannot be said in a bake",
        "The option \"{0}\" of {1} has no counterpart in a bake definition. Publish this project by itself, or remove the option.",
        "BuildKitBuildOption hands its text to \"docker buildx build\"; a bake definition has words for most options, not for all.",
        "Publish the project by itself, or remove the option.");

    /// <summary>Left out after an error elsewhere.</summary>
    public static readonly DiagnosticDescriptor NotBaked = new(
        "BK6207", Error, "An image was not built, because the bake ended before it",
        "{0} was not built: the bake ended before it{1}.",
        "BuildKitBakeContinue is false and another image failed, or the engine ended the whole bake; that error is reported at its place.",
        "Correct the other error, and publish again.");

    /// <summary>A solution file that cannot be read.</summary>
    public static readonly DiagnosticDescriptor SolutionUnreadable = new(
        "BK6208", Error, "The solution cannot be read",
        "The solution {0} cannot be read: {1}.",
        "The file is no .sln or .slnx file, or is damaged.",
        "Open and save it with Visual Studio, or name the projects themselves.");

    /// <summary>A file between the projects of a bake that cannot be read.</summary>
    public static readonly DiagnosticDescriptor FileUnreadable = new(
        "BK6209", Error, "A file of a running bake cannot be read",
        "The file {0}, by which the projects of the bake hand over what they know, cannot be read: {1}. Publish again.",
        "Something removed or changed files in obj while the bake ran, for example a clean of the same project; or the disk is full.",
        "Publish again, and leave obj alone while the bake runs.");
}
