using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Writes the definition of a bake and runs it. How each image ended, its own project reports (FinishBake). BK6209.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class RunBake : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var wave = BakeWave.Read(Steps.Select(BakeItem.FilesOf));
        // References of images that are not there, for the next wave: batches of a target do not see each other's items.
        var failed = await OncePerBuildAsync($"bake {Folder}", () => Task.FromResult(new List<string>())).ConfigureAwait(false);
        failed.AddRange(wave.Missing);
        if (wave.Entries.Count == 0)
        {
            return;
        }

        var definition = new BakeDefinition(wave.Entries);
        if (wave.ByHand)
        {
            definition.Write(BakeFile, relative: true);
            Sink.Message(MessageLevel.Important, $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> {BakeFile}  {wave.Entries.Count} targets, for \"docker buildx bake\" in {Path.GetDirectoryName(BakeFile)}");
            return;
        }

        var (folder, left) = (Path.GetDirectoryName(ProjectFile)!, Path.Combine(Folder, wave.FileName));
        using var running = RunningDefinition.Write(definition, left);
        var level = Progress.Equals("plain", StringComparison.OrdinalIgnoreCase) ? MessageLevel.Important : MessageLevel.Normal;
        using var limit = new BuildTimeLimit(TimeSetting.Read("BuildKitTimeout", TimeLimit, new SourceLocation(ProjectFile)), Cancellation);
        Sink.Message(MessageLevel.Normal, $"Baking {wave.Entries.Count} images: {left}");
        failed.AddRange(await new BakeRun(FindDocker(DockerPath), EnvironmentVariables, RegistryClients, limit.Observe(Sink))
        {
            Name = Path.GetFileNameWithoutExtension(ProjectFile),
            DefinitionFile = running.File,
            LeftFile = left,
            Folder = folder,
            StepLevel = level,
            Continue = Continue,
            Report = Report,
        }.RunAsync(wave.Entries, definition, [.. failed], limit.Cancellation).ConfigureAwait(false));
        limit.Report(new BuildRequest { Name = "the bake", ProjectFile = ProjectFile, IntermediateFolder = folder }, Sink);
    }
}
