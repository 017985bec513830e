using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Projects;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Settings;

/// <summary>Reads what the SDK computed for an image that is made from published files.</summary>
internal static partial class PublishOutputReader
{
    /// <summary>Adds the published files and their configuration to a request.</summary>
    /// <param name="request">The request so far.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="diagnostics">BK2001, BK2005, BK2008, BK2011, BK2015, BK2019, BK2031, BK2032.</param>
    public static BuildRequest Complete(BuildRequest request, ImageSettings settings, SettingDiagnostics diagnostics)
    {
        IReadOnlyList<ImageSettings> runtimes = settings.Runtimes.Count > 0 ? settings.Runtimes : [settings];
        var platforms = runtimes.SelectMany(runtime => PlatformSettings.Read(runtime, diagnostics)).ToList();
        if (platforms.Count > runtimes.Count || platforms.Distinct().Count() < platforms.Count)
        {
            diagnostics.Add(PropertyDiagnostics.NotSupported, "ContainerRuntimeIdentifiers",
                $"An image of published files for {string.Join(", ", platforms)}",
                "each platform needs a publish of its own. Name each once in ContainerRuntimeIdentifiers (and RuntimeIdentifiers), or "
                    + "use a Dockerfile.");
        }

        var outputs = runtimes.Select(runtime => Read(runtime, diagnostics)).ToList();
        CheckFolders(outputs, diagnostics);
        var fragment = Fragment(settings, diagnostics);
        var secrets = OptionItems.Secrets(settings, diagnostics);
        outputs = outputs.ConvertAll(output => output with { Fragment = fragment });
        outputs.ForEach(output => PublishedConfigChecks.Check(output, secrets, settings, diagnostics));
        return RegistryMirrors.ForPublishOutput(request with
        {
            Platforms = platforms,
            NamedContexts = OptionItems.NamedContexts(settings, diagnostics),
            Secrets = secrets,
            // Nothing else in an image of published files reads them.
            BuildArguments = fragment.Length > 0 ? OptionItems.BuildArguments(settings, diagnostics) : [],
            SshAgents = fragment.Length > 0 ? OptionItems.SshAgents(settings, diagnostics) : [],
            PublishOutput = outputs[0] with { Others = [.. outputs.Skip(1)] },
        }, settings, diagnostics);
    }

    // A PublishDir that holds for every runtime identifier has the files of the one that was published last.
    private static void CheckFolders(List<PublishOutput> outputs, SettingDiagnostics diagnostics)
    {
        if (outputs.Where(output => output.RuntimeIdentifier.Length > 0).GroupBy(output => output.Folder, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } shared)
        {
            diagnostics.Add(PropertyDiagnostics.NotSupported, "PublishDir",
                $"One PublishDir ({shared.Key}) for {string.Join(" and ", shared.Select(output => output.RuntimeIdentifier))}",
                "the image of each would hold the program of the last. Leave PublishDir out, give it as -o, which gets a folder for "
                    + "each, or end it with $(RuntimeIdentifier).");
        }
    }

    private static string Fragment(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        const string Property = "BuildKitDockerfileFragment";
        if (settings[Property].Length == 0)
        {
            return "";
        }

        var path = settings.FullPath(settings[Property]);
        if (!File.Exists(path))
        {
            diagnostics.Add(PropertyDiagnostics.FragmentNotUsable, Property, path, "does not exist (paths are relative to the project's folder)");
        }
        else if (Dockerfile.Load(path).Stages is [var stage, ..])
        {
            diagnostics.Add(PropertyDiagnostics.FragmentNotUsable.At(new SourceLocation(path, stage.Line), path,
                "has a FROM, which would begin another image without the published files"));
        }

        return path;
    }

    private static PublishOutput Read(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var folder = settings.FullPath(settings["PublishDir"]);
        if (settings["PublishDir"].Length == 0 || !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            diagnostics.Add(PropertyDiagnostics.NothingPublished, "BuildKitImageSource", folder);
        }

        if (settings["ContainerBaseImage"].Length == 0)
        {
            diagnostics.Add(PropertyDiagnostics.NotSupported, "ContainerBaseImage",
                "A project whose base image the SDK does not compute", "Set ContainerBaseImage, or name a Dockerfile.");
        }

        var workingDirectory = settings["ContainerWorkingDirectory"] is { Length: > 0 } directory ? directory : "/app/";
        return new PublishOutput
        {
            Folder = Path.TrimEndingDirectorySeparator(folder),
            RuntimeIdentifier = settings["_BuildKitPublishedFor"],
            BaseImage = settings["ContainerBaseImage"],
            Layers = Layers(settings),
            Commands = [.. settings.ItemsOf("BuildKitRun").Select(item =>
                new ImageCommand(item.Include, ValueList.Split(item["CacheMount"]), ValueList.Split(item["Secret"])))],
            Copies = CopiedFiles.Read(settings, workingDirectory, diagnostics),
            Config = new PublishedConfig
            {
                WorkingDirectory = workingDirectory,
                LabelsBaseDigest = SwitchText.IsTrueOfSdk(settings["ContainerGenerateLabels"])
                    && SwitchText.IsTrueOfSdk(settings["ContainerGenerateLabelsImageBaseDigest"]),
                User = settings["ContainerUser"],
                Ports = Ports(settings, diagnostics),
                Labels = OptionItems.Labels(settings, diagnostics),
                Environment = Environment(settings, diagnostics),
                HealthCheck = settings["BuildKitHealthCheck"],
                StopSignal = settings["BuildKitStopSignal"],
                Volumes = ValueList.Split(settings["BuildKitVolumes"]),
                Command = EntryProgram.Place(Command(settings, diagnostics), folder, workingDirectory),
            },
        };
    }

    private static ContainerCommand Command(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var command = new ContainerCommand
        {
            AppCommand = Words(settings, "ContainerAppCommand"),
            AppCommandArgs = Words(settings, "ContainerAppCommandArgs"),
            DefaultArgs = Words(settings, "ContainerDefaultArgs"),
            Entrypoint = Words(settings, "ContainerEntrypoint"),
            EntrypointArgs = Words(settings, "ContainerEntrypointArgs"),
            Instruction = settings["ContainerAppCommandInstruction"],
        };
        try
        {
            // The base image's ENTRYPOINT is not known yet, and decides nothing about what may be written.
            command.Resolve([]);
        }
        catch (DiagnosticException failure)
        {
            var place = command.Instruction.Length > 0 ? "ContainerAppCommandInstruction"
                : command.EntrypointArgs.Count > 0 && command.Entrypoint.Count == 0 ? "ContainerEntrypointArgs"
                : "ContainerAppCommandArgs";
            diagnostics.Add(failure.Diagnostics[0] with { Location = diagnostics.At(place) });
        }

        return command;
    }

    private static IReadOnlyList<string> Words(ImageSettings settings, string item) =>
        [.. settings.ItemsOf(item).Select(word => word.Include)];

    private static List<string> Ports(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var ports = new List<string>();
        foreach (var item in settings.ItemsOf("ContainerPort"))
        {
            var parts = item.Include.Split('/');
            var type = parts.Length > 1 ? string.Join('/', parts[1..]) : item["Type"] is { Length: > 0 } given ? given : "tcp";
            if (!ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0
                || type.ToLowerInvariant() is not ("tcp" or "udp"))
            {
                diagnostics.Add(PropertyDiagnostics.InvalidName.At(
                    ProjectFileLocation.Of(settings.ProjectFile, "ContainerPort", item.Include),
                    "The port", $"{parts[0]}/{type}", "write a number from 1 to 65535 and the Type tcp or udp"));
            }

            ports.Add($"{parts[0]}/{type.ToLowerInvariant()}");
        }

        return ports;
    }

    private static List<KeyValuePair<string, string>> Environment(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var variables = new List<KeyValuePair<string, string>>();
        foreach (var item in settings.ItemsOf("ContainerEnvironmentVariable"))
        {
            if (item.Include.Length == 0 || item.Include.IndexOfAny(['=', ' ', '\t', '\n']) >= 0)
            {
                diagnostics.Add(PropertyDiagnostics.InvalidName.At(
                    ProjectFileLocation.Of(settings.ProjectFile, "ContainerEnvironmentVariable", item.Include),
                    "The environment variable", item.Include, "its name may not be empty or have '=' or spaces"));
            }

            variables.RemoveAll(variable => variable.Key == item.Include);
            // The SDK says of such a name that it ignores it, and no shell of the container could read it.
            if (!EnvironmentName().IsMatch(item.Include))
            {
                continue;
            }

            // Not trimmed: spaces belong to the value.
            variables.Add(new(item.Include, item.Metadata.GetValueOrDefault("Value", "")));
        }

        return variables;
    }

    private static Dictionary<string, PublishLayer> Layers(ImageSettings settings)
    {
        var layers = new Dictionary<string, PublishLayer>(PathRules.Here.Comparer);
        foreach (var item in settings.Items.GetValueOrDefault("ResolvedFileToPublish", []))
        {
            var path = item["RelativePath"].Replace('\\', '/');
            // A project that another project references has the id of the package that it could become.
            var package = item["ReferenceSourceTarget"] == "ProjectReference" ? "" : item["NuGetPackageId"];
            var layer = package.Contains(".App.Runtime.", StringComparison.OrdinalIgnoreCase) ? PublishLayer.Runtime
                : package.Length > 0 ? PublishLayer.Packages
                : path.StartsWith("wwwroot/", StringComparison.Ordinal) ? PublishLayer.StaticAssets
                : path.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase) ? PublishLayer.Satellites
                : PublishLayer.Application;
            if (layer != PublishLayer.Application && path.Length > 0)
            {
                layers[path] = layer;
            }
        }

        return layers;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex EnvironmentName();
}
