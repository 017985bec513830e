using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Writes the definition of a bake and runs it. How each image ended, its own project reports (FinishBake). BK6209.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class RunBake : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var (wave, folder) = (BakeWave.Read(Steps.Select(BakeItem.FilesOf)), Path.GetDirectoryName(ProjectFile)!);
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
            var file = ProjectPath.Full(folder, Project["BuildKitBakeFile"]);
            definition.Write(file, relative: true);
            var targets = wave.Entries.Count == 1 ? "1 target" : $"{wave.Entries.Count} targets";
            Sink.Message(MessageLevel.Result, $"wrote {file}: {targets}, for \"docker buildx bake\" in {Path.GetDirectoryName(file)}");
            return;
        }

        var left = Path.Combine(Folder, wave.FileName);
        using var running = RunningDefinition.Write(definition, left);
        using var limit = new BuildTimeLimit(Project.Time("BuildKitTimeout"), Cancellation);
        Sink.Message(MessageLevel.Normal, $"Baking {wave.Entries.Count} images: {left}");
        failed.AddRange(await new BakeRun(FindDocker(), EnvironmentVariables, RegistryClients, limit.Observe(Sink))
        {
            Name = Path.GetFileNameWithoutExtension(ProjectFile),
            DefinitionFile = running.File,
            LeftFile = left,
            Folder = folder,
            Options = RunOptions.Of(Project),
            Continue = Project.Switch("BuildKitBakeContinue"),
        }.RunAsync(wave.Entries, definition, [.. failed], limit.Cancellation).ConfigureAwait(false));
        limit.Report("the bake", ProjectFile, Sink);
    }
}
