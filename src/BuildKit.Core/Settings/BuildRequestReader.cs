using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>Turns what a project says into a build request, or into diagnostics, before any engine is called.</summary>
public static class BuildRequestReader
{
    /// <summary>Reads the settings of one image.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="sink">Gets all that is wrong, warnings included, and the choices made.</param>
    /// <returns>Null when there was an error.</returns>
    public static BuildRequest? Read(ImageSettings settings, IDiagnosticSink sink)
    {
        var diagnostics = new SettingDiagnostics(settings);
        BuildRequest? request = null;
        try
        {
            request = Read(settings, diagnostics);
        }
        catch (DiagnosticException failure)
        {
            diagnostics.Add(failure);
        }

        // What was read for each of several runtime identifiers was found as often.
        foreach (var diagnostic in diagnostics.Found.Distinct())
        {
            sink.Report(diagnostic);
        }

        return diagnostics.HasErrors ? null : request;
    }

    private static BuildRequest Read(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var tags = ImageNames.Read(settings, diagnostics);
        var request = new BuildRequest
        {
            Name = settings.Name,
            ProjectFile = settings.ProjectFile,
            IntermediateFolder = settings.IntermediateFolder,
            Tags = tags,
            Labels = OptionItems.Labels(settings, diagnostics),
            Outputs = OutputSelection.Read(settings, tags, diagnostics),
            ImageFormat = OutputSelection.Format(settings, diagnostics),
            Attestations = ReadAttestations(settings, diagnostics),
            Pull = diagnostics.Switch("BuildKitPull") ?? false,
            NoCache = diagnostics.Switch("BuildKitNoCache") ?? false,
            Force = diagnostics.Switch("BuildKitForce") ?? false,
            Builder = settings["BuildKitBuilder"],
            IsForOthers = settings[ImageDescription.ForOthers] == "true",
        };
        var source = ImageSources.Select(settings, diagnostics);
        return OutputSelection.ForPlatforms(source == ImageSource.PublishOutput
            ? PublishOutputReader.Complete(request, settings, diagnostics)
            : CompleteFromDockerfile(request, settings, diagnostics));
    }

    private static BuildRequest CompleteFromDockerfile(BuildRequest request, ImageSettings settings, SettingDiagnostics diagnostics)
    {
        foreach (var name in new[] { "BuildKitHealthCheck", "BuildKitStopSignal", "BuildKitVolumes", "BuildKitRun", "BuildKitCopy",
            "BuildKitDockerfileFragment" })
        {
            if (settings[name].Length > 0 || settings.ItemsOf(name).Any())
            {
                diagnostics.Add(PropertyDiagnostics.NotReadByAnyone, name, name,
                    "The image is made from a Dockerfile, which says such things itself.");
            }
        }

        var (path, property) = DockerfilePaths.Find(settings);
        request = request with
        {
            Dockerfile = path,
            TargetStage = settings["BuildKitTargetStage"].Length > 0 ? settings["BuildKitTargetStage"] : settings["DockerfileStage"],
            Platforms = PlatformSettings.Read(settings, diagnostics),
            NamedContexts = OptionItems.NamedContexts(settings, diagnostics),
            BuildArguments = OptionItems.BuildArguments(settings, diagnostics),
            Secrets = OptionItems.Secrets(settings, diagnostics),
            SshAgents = OptionItems.SshAgents(settings, diagnostics),
            ExtraHosts = OptionItems.ExtraHosts(settings, diagnostics),
            Options = [.. settings.ItemsOf("BuildKitBuildOption").Select(item => item.Include)],
            Network = diagnostics.Choice("BuildKitNetwork"),
        };
        if (!File.Exists(path))
        {
            diagnostics.Add(DockerfileDiagnostics.DockerfileNotFound, property, path, property);
            return request;
        }

        var dockerfile = Dockerfile.Load(path);
        CheckStage(request.TargetStage, dockerfile, diagnostics);
        request = RegistryMirrors.ForDockerfile(PublishContext.Add(request, settings, dockerfile, diagnostics), dockerfile, settings, diagnostics);
        return DockerfilePaths.WithContext(request, settings, dockerfile, diagnostics);
    }

    private static Attestations ReadAttestations(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        try
        {
            var attestations = Attestations.Parse(settings["BuildKitProvenance"], settings["BuildKitSbom"], null);
            if (attestations.Sbom is not ("" or "true") && ImageReference.TryParse(attestations.Sbom) is null)
            {
                diagnostics.Add(PropertyDiagnostics.ValueNotAccepted, "BuildKitSbom", "BuildKitSbom", attestations.Sbom,
                    "false, true or the image of a generator", "");
            }

            return attestations;
        }
        catch (DiagnosticException failure)
        {
            diagnostics.Add(failure.Diagnostics[0] with { Location = diagnostics.At("BuildKitProvenance") });
            return Attestations.None;
        }
    }

    private static void CheckStage(string target, Dockerfile dockerfile, SettingDiagnostics diagnostics)
    {
        // A Dockerfile without stages is one that our reader does not understand; BuildKit will say what is wrong.
        if (target.Length == 0 || dockerfile.Stages.Count == 0 || dockerfile.FindStage(target) is not null)
        {
            return;
        }

        var names = dockerfile.Stages.Select(stage => stage.Name).OfType<string>().ToList();
        var there = names.Count == 0 ? "no named stages" : "the stages " + string.Join(", ", names);
        var suggestion = dockerfile.Suggest(target) is { } near ? $" Did you mean \"{near}\"?" : "";
        diagnostics.Add(PropertyDiagnostics.UnknownStage, "BuildKitTargetStage", target, dockerfile.Path, there, suggestion);
    }
}
