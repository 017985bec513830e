using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Doctor;

/// <summary>Reads from a project's settings what the doctor looks at.</summary>
public static class DoctorSceneReader
{
    /// <summary>Reads; what is wrong in the settings is reported, as a build would, and left out.</summary>
    /// <param name="request">What the project says about its builder.</param>
    /// <param name="project">The project's settings; without properties there is no project.</param>
    /// <param name="findDocker">Finds Docker's command line.</param>
    /// <param name="sink">Where diagnostics go.</param>
    public static DoctorScene Read(BuilderRequest request, ImageSettings project, Func<IDockerCli> findDocker, IDiagnosticSink sink)
    {
        var diagnostics = new SettingDiagnostics(project);
        var images = project.Properties.Count == 0 ? [] : ImageNames.Read(project, diagnostics);
        var platforms = Platforms.Read(project, diagnostics);
        diagnostics.Found.ToList().ForEach(sink.Report);
        var pushed = images.FirstOrDefault(image => image.Registry.Length > 0);
        return new DoctorScene
        {
            Environment = project.Environment,
            Request = request with { Needs = platforms.Count > 1 ? [BuilderNeed.Platforms] : [] },
            FindDocker = findDocker,
            Images = images,
            Platforms = platforms,
            Caches = project.Properties.Count == 0 ? null : new CacheQuestion
            {
                Scope = CacheScope.Of(pushed, project["BuildKitCacheRepository"], project["BuildKitDevelopmentCacheTag"], project["BuildKitProductionCacheTag"], request.Location),
                Profile = Enum.TryParse<CacheProfile>(project["BuildKitCacheProfile"], ignoreCase: true, out var profile) ? profile : default,
                Type = Enum.TryParse<CacheType>(project["BuildKitCacheType"], ignoreCase: true, out var type) ? type : default,
                ImageReferences = [.. images.Where(image => image.Registry.Length > 0).Select(image => image.ToString())],
                FromDockerfile = true,
                Location = request.Location,
            },
        };
    }
}
