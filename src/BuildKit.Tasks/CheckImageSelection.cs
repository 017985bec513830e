using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Refuses a BuildKitOnlyImage that is no image of the project.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckImageSelection : BuildKitTask
{
    /// <summary>The wanted image. BK6126.</summary>
    [Required]
    public string OnlyImage { get; set; } = "";

    /// <summary>Names of the project's images.</summary>
    public string[] Images { get; set; } = [];

    /// <summary>
    /// What says that further projects are built with the same property, one of which has the image; else empty or
    /// <c>*Undefined*</c>.
    /// </summary>
    public string AmongOthers { get; set; } = "";

    internal override Task RunAsync()
    {
        if ((AmongOthers is "" or "*Undefined*") && !Images.Contains(OnlyImage, StringComparer.OrdinalIgnoreCase))
        {
            Sink.Report(DevSpaceDiagnostics.UnknownImage.At(ProjectFileLocation.Of(ProjectFile, "BuildKitOnlyImage"), OnlyImage,
                Images.Length == 0 ? "the project has no image to build" : "the project has " + string.Join(", ", Images)));
        }

        return Task.CompletedTask;
    }
}
