using System.Globalization;
using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Staging;

/// <summary>Makes what buildx is pointed at for an image of published files: a staged context and a Dockerfile.</summary>
public static class PublishSource
{
    /// <summary>The first platform of an image of published files.</summary>
    public static Platform PlatformOf(BuildRequest request) =>
        request.Platforms.Count > 0 ? request.Platforms[0] : Platform.OfThisMachine;

    /// <summary>Stages the files and writes the Dockerfile.</summary>
    /// <param name="request">A request with published files.</param>
    /// <param name="hiddenChanges">Files that changed in a way that BuildKit does not see, and how often.</param>
    /// <param name="area">Where they are staged.</param>
    /// <param name="builder">The builder, which decides between the fast and the plain form.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="registries">The registries.</param>
    /// <param name="cancellation">Ends the reading of the base images.</param>
    /// <exception cref="DiagnosticException">A base image cannot be had.</exception>
    internal static async Task<BuildSource> MakeAsync(
        BuildRequest request, IReadOnlyDictionary<string, int> hiddenChanges, StagingArea area, Builder builder, BuildEnvironment environment,
        RegistryClients registries, CancellationToken cancellation)
    {
        var described = await DescribeAsync(request, environment, registries, cancellation).ConfigureAwait(false);
        var context = area.FileOf(".context");
        var layers = StagingFolder.Fill(
            [.. described.Select(stage => (stage.Output, stage.Folder))], context, HostSystems.Current, TimeOf(environment), hiddenChanges);
        var stages = described.Select((stage, index) => stage with { Layers = layers[index] }).ToList();
        var fragment = request.PublishOutput!.Fragment;
        // The exporter's configuration would replace what a fragment says, and it is an argument: many labels may be too long for one.
        var fast = builder.Features.ConfigByExporter && fragment.Length == 0
            && CommandLineLimit.LeavesRoom(string.Concat(stages.Select(stage => stage.Config.ToJson())), HostSystems.Current);
        var dockerfile = area.FileOf(".Dockerfile");
        var text = PublishDockerfile.Of(stages, fast);
        WriteWhole(dockerfile, fragment.Length > 0 ? text + await File.ReadAllTextAsync(fragment, cancellation).ConfigureAwait(false) : text);
        return new BuildSource(dockerfile, context, Labels: false)
        {
            Configs = fast ? [.. stages.Select(stage => KeyValuePair.Create(stage.Config.Platform, stage.Config.ToJson()))] : [],
            OciTypes = stages[0].Base.IsOci,
            // The files' own times would make the same commit two images.
            RewriteTimestamps = environment.ContainsKey("SOURCE_DATE_EPOCH"),
            Fragment = fragment.Length > 0 ? new DockerfileFragment(fragment, text.Count(character => character == '\n')) : null,
        };
    }

    /// <summary>The platforms of the image with base image and configuration; nothing is staged.</summary>
    /// <exception cref="DiagnosticException">A base image cannot be had, or the program cannot run on it.</exception>
    public static Task<PublishStage[]> DescribeAsync(
        BuildRequest request, BuildEnvironment environment, RegistryClients registries, CancellationToken cancellation) =>
        Task.WhenAll(
            request.PublishOutput!.All.Select((output, index) => DescribeAsync(request, output, index, environment, registries, cancellation)));

    private static async Task<PublishStage> DescribeAsync(
        BuildRequest request, PublishOutput output, int index, BuildEnvironment environment, RegistryClients registries,
        CancellationToken cancellation)
    {
        var platform = index == 0 ? PlatformOf(request) : request.Platforms[index];
        // A base image that the project maps to a mirror is read from the mirror.
        var name = NamedContext.ImageFor(request.NamedContexts, output.BaseImage);
        var location = new SourceLocation(request.ProjectFile);
        var baseImage = await BaseImage.ReadAsync(name, platform, environment, registries,
            request.FileOf(index == 0 ? ".base.json" : $".base-{index}.json"), location, cancellation, output.BaseImage).ConfigureAwait(false);
        ProgramFile.Check(output, platform, location);
        // A project's own label of that name would be a false one, so the SDK writes over it as well.
        IReadOnlyList<KeyValuePair<string, string>> labels = output.Config.LabelsBaseDigest && baseImage.Digest.Length > 0
            ? [.. output.Config.Labels, new("org.opencontainers.image.base.digest", baseImage.Digest)]
            : output.Config.Labels;
        return new PublishStage(
            baseImage,
            ImageConfig.Over(baseImage.ConfigJson, platform, output.Config, labels),
            request.PublishOutput!.Others.Count > 0 ? output.RuntimeIdentifier + "/" : "",
            [])
        {
            Output = output,
        };
    }

    // An archive's own content decides whether a cache fits, and the exporter would shorten the times only afterwards.
    private static DateTimeOffset? TimeOf(BuildEnvironment environment) =>
        long.TryParse(environment.GetValueOrDefault("SOURCE_DATE_EPOCH", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static void WriteWhole(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }

        File.WriteAllText(path + ".partial", text);
        StagingFolder.Rename(path + ".partial", path);
    }
}
