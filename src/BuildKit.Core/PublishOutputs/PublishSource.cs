using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.PublishOutputs;

/// <summary>Makes what buildx is pointed at for an image of published files: a staged context and a Dockerfile.</summary>
public static class PublishSource
{
    /// <summary>The first platform of an image of published files.</summary>
    public static Platform PlatformOf(BuildRequest request) =>
        request.Platforms.Count > 0 ? request.Platforms[0] : new Platform("linux", "amd64");

    /// <summary>Stages the files and writes the Dockerfile.</summary>
    /// <param name="request">A request with published files.</param>
    /// <param name="builder">The builder, which decides between the fast and the plain form.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="cancellation">Ends the reading of the base images.</param>
    /// <exception cref="DiagnosticException">A base image cannot be had.</exception>
    public static async Task<BuildSource> MakeAsync(
        BuildRequest request, Builder builder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var context = request.FileOf(".context");
        if (request.PublishOutput!.Others.Count > 0)
        {
            // Folders of platforms that are no longer asked for.
            StagingFolder.MakeEmpty(context);
        }

        var stages = await Task.WhenAll(request.PublishOutput!.All.Select((output, index) =>
            StageAsync(request, output, index, environment, cancellation))).ConfigureAwait(false);
        var fast = builder.Features.ConfigByExporter;
        var dockerfile = request.FileOf(".Dockerfile");
        await File.WriteAllTextAsync(dockerfile, PublishDockerfile.Of(stages, fast), cancellation).ConfigureAwait(false);
        return new BuildSource(dockerfile, context, Labels: false)
        {
            Configs = fast ? [.. stages.Select(stage => KeyValuePair.Create(stage.Config.Platform, stage.Config.ToJson()))] : [],
            OciTypes = stages[0].Base.IsOci,
            // The files' own times would make the same commit two images.
            RewriteTimestamps = environment.ContainsKey("SOURCE_DATE_EPOCH"),
        };
    }

    private static async Task<PublishStage> StageAsync(
        BuildRequest request, PublishOutput output, int index, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var platform = index == 0 ? PlatformOf(request) : request.Platforms[index];
        // A base image that the project maps to a mirror is read from the mirror.
        var mapped = request.NamedContexts.FirstOrDefault(context => context.Name == output.BaseImage)?.Source;
        var name = mapped?.StartsWith("docker-image://", StringComparison.Ordinal) == true ? mapped["docker-image://".Length..] : output.BaseImage;
        var baseImage = await BaseImage.ReadAsync(name, platform, environment, new SourceLocation(request.ProjectFile), cancellation).ConfigureAwait(false);
        // A project's own label of that name would be a false one, so the SDK writes over it as well.
        IReadOnlyList<KeyValuePair<string, string>> labels = output.Config.LabelsBaseDigest && baseImage.Digest.Length > 0
            ? [.. output.Config.Labels, new("org.opencontainers.image.base.digest", baseImage.Digest)]
            : output.Config.Labels;
        var folder = request.PublishOutput!.Others.Count > 0 ? output.RuntimeIdentifier + "/" : "";
        return new PublishStage(
            baseImage,
            ImageConfig.Over(baseImage.ConfigJson, platform, output.Config, labels),
            folder,
            StagingFolder.Fill(output, Path.Combine(request.FileOf(".context"), folder)))
        {
            Output = output,
        };
    }
}
