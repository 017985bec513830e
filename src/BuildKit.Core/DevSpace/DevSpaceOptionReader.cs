using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Reads target, network and build arguments: of an image in v2, of an engine's <c>options</c> in v1.</summary>
/// <param name="sink">Where warnings go.</param>
internal sealed class DevSpaceOptionReader(IDiagnosticSink sink)
{
    /// <summary>Adds what is written to the image.</summary>
    public DevSpaceImage Read(DevSpaceImage image, YamlFields fields) => image with
    {
        Target = fields.Text("target") is { Length: > 0 } target ? target : image.Target,
        Network = fields.Text("network") is { Length: > 0 } network ? network : image.Network,
        BuildArguments = fields.Fields("buildArgs") is { } arguments ? Arguments(arguments) : image.BuildArguments,
    };

    private List<KeyValuePair<string, string>> Arguments(YamlFields arguments)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var entry in arguments.Map.Entries)
        {
            if (entry.Key == "DOCKER_BUILDKIT")
            {
                // Written in many files as if it switched BuildKit on; as an argument of a Dockerfile it does nothing.
                sink.Report(DevSpaceDiagnostics.NotCarried.At(entry.Location, $"{arguments.Name}.DOCKER_BUILDKIT",
                    "it is an environment variable of the docker program, not an argument of a Dockerfile; BuildKit is used anyway"));
            }
            else if (entry.Value is not YamlScalar { IsNull: true })
            {
                values.Add(new(entry.Key, arguments.Text(entry.Value, $"{arguments.Name}.{entry.Key}")));
            }
        }

        return values;
    }
}
