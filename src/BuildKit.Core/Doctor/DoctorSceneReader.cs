using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Doctor;

/// <summary>Reads from a project's settings what the doctor looks at.</summary>
public static class DoctorSceneReader
{
    /// <summary>Reads; what is wrong in the settings is reported, as a build would, and left out.</summary>
    /// <param name="request">What the project says about its builder.</param>
    /// <param name="project">The project's settings; without properties there is no project.</param>
    /// <param name="images">The settings of each of the project's images; none when it has the one that the project describes.</param>
    /// <param name="findDocker">Finds Docker's command line.</param>
    /// <param name="sink">Where diagnostics go.</param>
    public static DoctorScene Read(
        BuilderRequest request, ImageSettings project, IReadOnlyList<ImageSettings> images, Func<IDockerCli> findDocker, IDiagnosticSink sink)
    {
        var all = images.Count == 0 ? [project] : images;
        var names = new List<ImageReference>();
        var platforms = new List<Platform>();
        foreach (var image in all)
        {
            var diagnostics = new SettingDiagnostics(image);
            names.AddRange(project.Properties.Count == 0 ? [] : ImageNames.Read(image, diagnostics));
            platforms.AddRange(PlatformSettings.Read(image, diagnostics).Except(platforms).ToList());
            diagnostics.Found.ToList().ForEach(sink.Report);
        }

        return new DoctorScene
        {
            Environment = project.Environment,
            Request = request with { Needs = platforms.Count > 1 ? [BuilderNeed.Platforms] : [] },
            FindDocker = findDocker,
            Images = names,
            Platforms = platforms,
            ImageName = all[0].Name,
            IntermediateFolder = project.IntermediateFolder,
            Caches = project.Properties.Count == 0 ? null : CachesOf(all[0] with { Items = project.Items }),
        };
    }

    private static CacheSettings CachesOf(ImageSettings project) => CacheSettings.Of(
        name => project[name],
        [
            .. project.ItemsOf("BuildKitCacheFrom").Select(item => new CacheItem(item.Include, item.Metadata, IsWrite: false)),
            .. project.ItemsOf("BuildKitCacheTo").Select(item => new CacheItem(item.Include, item.Metadata, IsWrite: true)),
        ]);
}
