using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Reads the engine of an image. Of several, DevSpace takes custom, then buildKit, then docker, then kaniko
/// (pkg/devspace/build/create_builder.go).
/// </summary>
/// <param name="version">Number of the file's version: before v2beta1, engines stand under <c>build</c> and have options of their own.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class DevSpaceEngineReader(int version, IDiagnosticSink sink)
{
    private readonly bool isVersion1 = version < DevSpaceSchema.LatestNumber;

    /// <summary>Reports that a command builds the image.</summary>
    public void LeaveCustom(YamlFields fields)
    {
        var engines = isVersion1 ? fields.Fields("build")! : fields;
        var custom = engines.Fields("custom")!;
        custom.RefuseOthers(DevSpaceSchema.Custom(version));
        var calls = custom.Map.Entries.Select(entry => entry.Value).OfType<YamlScalar>()
            .Any(text => text.Text.Contains("BuildKitBuildImage", StringComparison.Ordinal));
        sink.Report(DevSpaceDiagnostics.NotCarried.At(engines.At("custom"), fields.Name, calls
            ? "its command calls MSBuild, so a project that reads its images from this file finds none; run -t:BuildKitImportDevSpace on the file "
                + "as it was, and import the items instead of it"
            : "a command of the file builds it (custom), and only images from Dockerfiles are built here"));
    }

    /// <summary>Adds what the engine says.</summary>
    public DevSpaceImage Read(DevSpaceImage image, YamlFields fields)
    {
        // v1beta1 has no skipPush elsewhere.
        var engines = isVersion1 ? fields.Fields("build") : fields;
        if (engines is null)
        {
            return image;
        }

        if (isVersion1)
        {
            engines.RefuseOthers(DevSpaceSchema.Build(version));
        }

        // An engine with nothing after it is null, and then it is not chosen.
        var (docker, kaniko, buildKit) = (engines.Fields("docker"), engines.Fields("kaniko"), engines.Fields("buildKit"));
        if (version == 1)
        {
            image = Options(image, engines);
        }

        // Each options section replaces that of the engine before it (v1beta11/upgrade.go).
        image = kaniko is null ? image : Kaniko(image, kaniko, engines.At("kaniko"), isUsed: docker is null && buildKit is null);
        image = docker is null ? image : Docker(image, docker);
        return buildKit is null ? image : BuildKit(image, buildKit);
    }

    private DevSpaceImage Kaniko(DevSpaceImage image, YamlFields kaniko, SourceLocation at, bool isUsed)
    {
        if (isUsed)
        {
            var others = kaniko.Map.Entries.Select(entry => entry.Key).Where(key => key != "options").ToList();
            sink.Report(DevSpaceDiagnostics.NotCarried.At(at, kaniko.Name,
                "BuildKit builds the image instead" + (others.Count > 0 ? $", without {string.Join(", ", others)}" : "")));
        }

        return Options(image with { Engine = DevSpaceEngine.Kaniko }, kaniko);
    }

    private DevSpaceImage Docker(DevSpaceImage image, YamlFields docker)
    {
        docker.RefuseOthers(DevSpaceSchema.Docker(version));
        Minikube(docker);
        return Options(image, docker) with { Engine = DevSpaceEngine.Docker, Arguments = docker.Texts("args") ?? [] };
    }

    private DevSpaceImage BuildKit(DevSpaceImage image, YamlFields buildKit)
    {
        buildKit.RefuseOthers([.. DevSpaceSchema.BuildKit(version), "enable", "inlineCache"]);
        Minikube(buildKit);
        if (buildKit.Map.Contains("enable"))
        {
            var meaning = buildKit.Switch("enable") == false ? "images are built with BuildKit in any case"
                : "BuildKit builds the image, as \"buildKit: {}\" says too";
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
                "the image is built by the builder of this machine. For one in the cluster set BuildKitDriver=kubernetes and the driver"
                    + " options namespace, rootless, image and nodeselector as BuildKitDriverOption items"));
        }

        var command = (buildKit.Texts("command") ?? []).Select(text => text.Value).ToList();
        if (command.Count > 0 && !command.SequenceEqual(["docker", "buildx"]))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(buildKit.At("command"), $"{buildKit.Name}.command ({string.Join(' ', command)})",
                Path.GetFileName(command[0]).StartsWith("docker-buildx", StringComparison.Ordinal)
                    ? "buildx is called by the docker program, which finds it in ~/.docker/cli-plugins; put it there when another one is to be used"
                    : "Docker's command line is the one on PATH; set BuildKitDockerPath to the path of another docker program"));
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
        return new DevSpaceOptionReader(sink).Read(image with { Target = "", Network = "", BuildArguments = [] }, options);
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
