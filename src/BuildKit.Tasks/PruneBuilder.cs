using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Frees the caches of builders that BuildKit.Tasks made, or of one that is named. BK1007, BK1033, BK2001.</summary>
[MSBuildMultiThreadableTask]
public sealed class PruneBuilder : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var request = PruneRequest.Of(Project);
        var where = new BuilderRequest { WorkingDirectory = Project.ProjectFolder, Location = new SourceLocation(ProjectFile) };
        await new BuilderPruner(FindDocker(), Sink).PruneAsync(request, where, Cancellation.Graceful).ConfigureAwait(false);
    }
}
