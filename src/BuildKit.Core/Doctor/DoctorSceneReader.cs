using BuildKit.Core.Builders;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Doctor;

/// <summary>Reads from a project's settings what the doctor looks at.</summary>
public static class DoctorSceneReader
{
    /// <summary>Reads; what is wrong in the settings is reported, as a build would, and left out.</summary>
    /// <param name="request">What the project says about its builder.</param>
    /// <param name="project">The project's settings; without a folder for our own files there is no project.</param>
    /// <param name="findDocker">Finds Docker's command line.</param>
    /// <param name="sink">Where diagnostics go.</param>
    public static DoctorScene Read(BuilderRequest request, ImageSettings project, Func<IDockerCli> findDocker, IDiagnosticSink sink)
    {
        // Called without a project there is no folder for its files.
        var hasProject = project.IntermediateFolder.Length > 0;
        var diagnostics = new SettingDiagnostics(project);
        var images = hasProject ? ImageNames.Read(project, diagnostics) : [];
        var platforms = PlatformSettings.Read(project, diagnostics);
        diagnostics.Found.ToList().ForEach(sink.Report);
        return new DoctorScene
        {
            Environment = project.Environment,
            Request = request with { Needs = platforms.Count > 1 ? [BuilderNeed.Platforms] : [] },
            FindDocker = findDocker,
            Images = images,
            Platforms = platforms,
            ImageName = project.Name,
            IntermediateFolder = project.IntermediateFolder,
            Caches = hasProject ? CacheSettings.Of(project) : null,
        };
    }
}
