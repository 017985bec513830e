using BuildKit.Core.Builders;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Doctor;

/// <summary>Reads from a project's settings what the doctor looks at.</summary>
public static class DoctorInputReader
{
    /// <summary>Reads; what is wrong in the settings is reported, as a build would, and left out.</summary>
    /// <param name="request">What the project says about its builder.</param>
    /// <param name="images">The settings of the project's images, of which there is at least one; without a folder for our
    /// own files there is no project.</param>
    /// <param name="findDocker">Finds Docker's command line.</param>
    /// <param name="sink">Where diagnostics go.</param>
    public static DoctorInput Read(BuilderRequest request, IReadOnlyList<ImageSettings> images, Func<IDockerCli> findDocker, IDiagnosticSink sink)
    {
        // Called without a project there is no folder for its files.
        var project = images[0];
        var hasProject = project.IntermediateFolder.Length > 0;
        var (names, platforms) = (new List<ImageReference>(), new List<Platform>());
        foreach (var image in images)
        {
            var diagnostics = new SettingDiagnostics(image);
            names.AddRange(hasProject ? ImageNames.Read(image, diagnostics) : []);
            platforms.AddRange(PlatformSettings.Read(image, diagnostics).Except(platforms).ToList());
            diagnostics.Found.ToList().ForEach(sink.Report);
        }

        return new DoctorInput
        {
            Environment = project.Environment,
            Request = request with { Needs = platforms.Count > 1 ? [BuilderNeed.Platforms] : [] },
            FindDocker = findDocker,
            Images = names,
            Platforms = platforms,
            ImageName = project.Name,
            IntermediateFolder = project.IntermediateFolder,
            Caches = hasProject ? CacheSettings.Of(project) : null,
        };
    }
}
