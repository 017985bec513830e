using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Frees the caches of builders that BuildKit.Tasks made, or of one that is named.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PruneBuilder : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var location = new SourceLocation(ProjectFile);
        var request = new PruneRequest
        {
            Name = BuilderName,
            Types = PruneRequest.ReadTypes(Kinds, location),
            UnusedFor = TimeSetting.Read("BuildKitPruneBuilderUnusedFor", UnusedFor, location),
            All = All,
            Limits =
            [
                .. PruneRequest.ReadLimit("--max-used-space", "BuildKitPruneBuilderMaxUsedSpace", MaxUsedSpace, location),
                .. PruneRequest.ReadLimit("--reserved-space", "BuildKitPruneBuilderReservedSpace", ReservedSpace, location),
                .. PruneRequest.ReadLimit("--min-free-space", "BuildKitPruneBuilderMinFreeSpace", MinFreeSpace, location),
            ],
            RemoveUnusedFor = TimeSetting.Read("BuildKitPruneBuilderRemoveUnusedFor", RemoveUnusedFor, location),
            Apply = !DryRun,
        };
        var where = new BuilderRequest { WorkingDirectory = Path.GetDirectoryName(ProjectFile)!, Location = location };
        await new BuilderPruner(FindDocker(DockerPath), Sink).PruneAsync(request, where, Cancellation.Graceful).ConfigureAwait(false);
        if (DryRun)
        {
            Sink.Message(MessageLevel.Important, "Nothing was removed. To do it: -p:BuildKitPruneBuilderDryRun=false");
        }
    }
}
