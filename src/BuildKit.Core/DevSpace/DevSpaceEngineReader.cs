using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Reads the engine of an image. Of several, DevSpace takes custom, then buildKit, then kaniko, then docker.</summary>
/// <param name="isVersion1">Whether engines stand under <c>build</c> and have options of their own.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class DevSpaceEngineReader(bool isVersion1, IDiagnosticSink sink)
{
    /// <summary>Adds what the engine says.</summary>
    /// <returns>Null when a command of the file builds the image.</returns>
    public DevSpaceImage? Read(DevSpaceImage image, YamlFields fields)
    {
        var engines = isVersion1 ? fields.Fields("build") : fields;
        if (engines is null)
        {
            return image;
        }

        if (isVersion1)
        {
            engines.RefuseOthers(DevSpaceSchema.Build);
        }

        if (engines.Fields("custom") is { } custom)
        {
            custom.RefuseOthers(DevSpaceSchema.Custom);
            sink.Report(DevSpaceDiagnostics.NotCarried.At(engines.At("custom"), fields.Name, "a command of the file builds it (custom), and only images from Dockerfiles are built here"));
            return null;
        }

        // An engine with nothing after it is null, and then it is not chosen.
        image = engines.Fields("docker") is { } docker ? Docker(image, docker) : image;
        if (engines.Fields("kaniko") is { } kaniko)
        {
            image = Options(image with { Engine = DevSpaceEngine.Kaniko }, kaniko);
            var others = kaniko.Map.Entries.Select(entry => entry.Key).Where(key => key != "options").ToList();
            sink.Report(DevSpaceDiagnostics.NotCarried.At(engines.At("kaniko"), kaniko.Name,
                "BuildKit builds the image instead" + (others.Count > 0 ? $", without {string.Join(", ", others)}" : "")));
        }

        return engines.Fields("buildKit") is { } buildKit ? BuildKit(image, buildKit) : image;
    }

    private DevSpaceImage Docker(DevSpaceImage image, YamlFields docker)
    {
        docker.RefuseOthers([.. DevSpaceSchema.Docker, .. isVersion1 ? DevSpaceSchema.EngineOfVersion1 : []]);
        Minikube(docker);
        return Options(image, docker) with { Arguments = docker.Texts("args") ?? [] };
    }

    private DevSpaceImage BuildKit(DevSpaceImage image, YamlFields buildKit)
    {
        buildKit.RefuseOthers([.. DevSpaceSchema.BuildKit, "enable", "inlineCache", .. isVersion1 ? DevSpaceSchema.EngineOfVersion1 : []]);
        Minikube(buildKit);
        if (buildKit.Map.Contains("enable"))
        {
            var meaning = buildKit.Switch("enable") == false ? "images are built with BuildKit in any case" : "BuildKit builds the image, as \"buildKit: {}\" says too";
            sink.Report(DevSpaceDiagnostics.RefusedByDevSpace.At(buildKit.At("enable"), "buildKit.enable", meaning));
        }

        if (buildKit.Map.Contains("inlineCache"))
        {
            sink.Report(DevSpaceDiagnostics.RefusedByDevSpace.At(buildKit.At("inlineCache"), "buildKit.inlineCache", "as --cache-to=type=inline"));
        }

        if (buildKit.Fields("inCluster") is { } cluster)
        {
            cluster.RefuseOthers(DevSpaceSchema.InCluster);
            sink.Report(DevSpaceDiagnostics.NotCarried.At(buildKit.At("inCluster"), cluster.Name,
                "the image is built by the builder of this machine. For one in the cluster set BuildKitDriver=kubernetes and the driver options namespace, rootless, image and nodeselector as BuildKitDriverOption items"));
        }

        var command = (buildKit.Texts("command") ?? []).Select(text => text.Value).ToList();
        if (command.Count > 0 && !command.SequenceEqual(["docker", "buildx"]))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(buildKit.At("command"), $"{buildKit.Name}.command ({string.Join(' ', command)})",
                "Docker's command line is the one on PATH; set BuildKitDockerPath for another"));
        }

        return Options(image, buildKit) with
        {
            Engine = DevSpaceEngine.BuildKit,
            Arguments = buildKit.Texts("args") ?? [],
            InlineCache = buildKit.Switch("inlineCache") == true,
        };
    }

    private DevSpaceImage Options(DevSpaceImage image, YamlFields engine)
    {
        if (!isVersion1)
        {
            return image;
        }

        image = image with { SkipPush = image.SkipPush || engine.Switch("skipPush") == true };
        if (engine.Fields("options") is not { } options)
        {
            return image;
        }

        options.RefuseOthers(DevSpaceSchema.Options);
        return new DevSpaceOptionReader(sink).Read(image, options);
    }

    private void Minikube(YamlFields engine)
    {
        if (engine.Switch("preferMinikube") == true)
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(engine.At("preferMinikube"), $"{engine.Name}.preferMinikube",
                "the engine of this machine is used; for that of minikube run eval $(minikube docker-env) first"));
        }
    }
}
