using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Writes the definition of a bake and runs it. What became of each image, its own project tells (FinishBake).</summary>
[MSBuildMultiThreadableTask]
public sealed partial class RunBake : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var entries = BakeEntry.WithTargets(Targets.Select(BakeItems.ToEntry));
        // Their own projects told why; what builds on them must not be built on what an earlier build left.
        var failed = await FailedAsync().ConfigureAwait(false);
        failed.AddRange(Expected.SelectMany(references => references.Split(';')).Except(entries.SelectMany(entry => entry.Image.References)));
        if (entries.Count == 0)
        {
            return;
        }

        var definition = new BakeDefinition(entries);
        definition.Write(DefinitionFile, relative: ByHand);
        var folder = Path.GetDirectoryName(ByHand ? DefinitionFile : ProjectFile)!;
        if (ByHand)
        {
            Sink.Message(MessageLevel.Important, $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> {DefinitionFile}  {entries.Count} targets, for \"docker buildx bake\" in {folder}");
            return;
        }

        using var limit = new BuildTimeLimit(Project.Time("BuildKitTimeout"), Cancellation);
        Sink.Message(MessageLevel.Normal, $"Baking {entries.Count} images: {DefinitionFile}");
        failed.AddRange(await new BakeRun(FindDocker(), EnvironmentVariables, RegistryClients, limit.Observe(Sink))
        {
            Name = Path.GetFileNameWithoutExtension(ProjectFile),
            DefinitionFile = DefinitionFile,
            Folder = folder,
            Options = RunOptions.Of(Project),
            Continue = Project.Switch("BuildKitBakeContinue"),
        }.RunAsync(entries, definition, [.. failed], limit.Cancellation).ConfigureAwait(false));
        limit.Report("the bake", ProjectFile, Sink);
    }

    // References of images that are not there, for the next bake of the same projects: batches of a target do not see each
    // other's items.
    private Task<List<string>> FailedAsync() => OncePerBuildAsync($"bake {Path.GetDirectoryName(DefinitionFile)}", () => Task.FromResult(new List<string>()));
}
