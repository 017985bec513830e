using BuildKit.Core.Builders;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;

namespace BuildKit.Core.Builds;

/// <summary>Outputs in buildx's form (https://docs.docker.com/build/exporters/).</summary>
internal static class OutputArguments
{
    /// <summary>The <c>--output</c> arguments.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="source">What buildx is pointed at.</param>
    /// <param name="builder">The builder, whose driver decides how an output is written.</param>
    /// <param name="partial">Whether archives are written under another name first.</param>
    public static IEnumerable<string> Of(BuildRequest request, BuildSource source, Builder builder, bool partial = true)
    {
        string[] config = [.. Config(request, source), .. MediaTypes(request, source),
            .. source.RewriteTimestamps ? ["rewrite-timestamp=true"] : Array.Empty<string>()];
        foreach (var output in Merge(request.Outputs, builder))
        {
            yield return "--output";
            yield return output.Kind switch
            {
                OutputKind.Push => Csv.Line(["type=image", "push=true", .. Keep(request, builder), .. config]),
                // The docker driver's store is the engine's; other builders hand over an archive.
                OutputKind.Load =>
                    Csv.Line([builder.Features.LoadsByItself ? "type=image" : "type=docker", .. config, .. DockerTypes(request, builder)]),
                OutputKind.OciArchive =>
                    Csv.Line(["type=oci", $"dest={(partial ? BuildOutput.TemporaryPath(output.Path) : output.Path)}", .. config]),
                OutputKind.OciFolder => Csv.Line(["type=oci", "tar=false", $"dest={output.Path}", .. config]),
                OutputKind.DockerArchive =>
                    Csv.Line(["type=docker", $"dest={(partial ? BuildOutput.TemporaryPath(output.Path) : output.Path)}", .. config]),
                OutputKind.Unloaded => Csv.Line(["type=image", .. Keep(request, builder), .. config]),
                OutputKind.Folder => Csv.Line(["type=local", $"dest={output.Path}"]),
                _ => "type=cacheonly",
            };
        }
    }

    // Two outputs of one store are one: pushed and kept.
    private static IEnumerable<BuildOutput> Merge(IReadOnlyList<BuildOutput> outputs, Builder builder)
    {
        var both = outputs.Any(output => output.Kind == OutputKind.Push) && outputs.Any(output => output.Kind == OutputKind.Load);
        return both && builder.Features.LoadsByItself ? outputs.Where(output => output.Kind != OutputKind.Load) : outputs;
    }

    // A pushed image that nobody runs here needs neither be unpacked nor stored; on a cold engine that spares the base
    // image. The graph-driver store does not know these attributes.
    private static string[] Keep(BuildRequest request, Builder builder) =>
        request.Loads || !builder.Features.ConfigByExporter ? [] : ["unpack=false", "store=false"];

    // As in the SDK: what is asked for, else what the base image has. An attestation needs OCI's types, as BuildKit knows.
    private static string[] MediaTypes(BuildRequest request, BuildSource source) =>
        request.ImageFormat == "OCI" || (request.ImageFormat.Length == 0 && source.OciTypes) ? ["oci-mediatypes=true"] : [];

    // An archive has OCI's types unless the project says otherwise.
    private static string[] DockerTypes(BuildRequest request, Builder builder) =>
        request.ImageFormat == "Docker" && !builder.Features.LoadsByItself && !request.Attestations.Any ? ["oci-mediatypes=false"] : [];

    // With an index (attestations, several platforms) the exporter wants the platform in the key.
    private static IEnumerable<string> Config(BuildRequest request, BuildSource source) =>
        source.Configs.Select(config => request.Attestations.Any || request.Platforms.Count > 1
            ? $"containerimage.config/{config.Key}={config.Value}"
            : $"containerimage.config={config.Value}");
}
