using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.PublishOutputs;

/// <summary>Makes what buildx is pointed at for an image of published files: a staged context and a Dockerfile.</summary>
public static class PublishSource
{
    /// <summary>The one platform of an image of published files.</summary>
    public static Platform PlatformOf(BuildRequest request) =>
        request.Platforms.Count > 0 ? request.Platforms[0] : new Platform("linux", "amd64");

    /// <summary>Stages the files and writes the Dockerfile.</summary>
    /// <param name="request">A request with published files.</param>
    /// <param name="builder">The builder, which decides between the fast and the plain form.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="cancellation">Ends the reading of the base image.</param>
    /// <exception cref="DiagnosticException">The base image cannot be had.</exception>
    public static async Task<BuildSource> MakeAsync(
        BuildRequest request, Builder builder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var output = request.PublishOutput!;
        var platform = PlatformOf(request);
        // A base image that the project maps to a mirror is read from the mirror.
        var mapped = request.NamedContexts.FirstOrDefault(context => context.Name == output.BaseImage)?.Source;
        var name = mapped?.StartsWith("docker-image://", StringComparison.Ordinal) == true ? mapped["docker-image://".Length..] : output.BaseImage;
        var baseImage = await BaseImage.ReadAsync(name, platform, environment, new SourceLocation(request.ProjectFile), cancellation).ConfigureAwait(false);
        var config = ImageConfig.Over(baseImage.ConfigJson, platform, output.Config, request.Labels);

        var context = request.FileOf(".context");
        var layers = StagingFolder.Fill(output, context);
        var fast = builder.Features.ConfigByExporter;
        var dockerfile = request.FileOf(".Dockerfile");
        await File.WriteAllTextAsync(
            dockerfile,
            fast ? PublishDockerfile.Fast(baseImage.Reference, config.WorkingDirectory, layers) : PublishDockerfile.Plain(baseImage.Reference, config, layers),
            cancellation).ConfigureAwait(false);
        return new BuildSource(dockerfile, context, fast ? config.ToJson() : "", Labels: false);
    }
}
