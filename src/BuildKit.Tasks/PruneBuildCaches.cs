using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Pruning;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Lists the caches of a project's images in their registry, or removes old ones (BK7xxx). BK2001, BK2002, BK2003.</summary>
[MSBuildMultiThreadableTask]
public sealed class PruneBuildCaches : BuildKitTask
{
    /// <summary>The project's images: items of the task SelectImages.</summary>
    [Required]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>Whether to list only.</summary>
    public bool ListOnly { get; set; }

    /// <summary>The caches listed or removed, with <c>Digest</c>, <c>Size</c>, <c>Created</c>, <c>Writer</c>, <c>Platform</c>.</summary>
    [Output]
    public ITaskItem[] Caches { get; private set; } = [];

    internal override async Task RunAsync()
    {
        var location = new SourceLocation(ProjectFile);
        var pruner = new RegistryCachePruner(EnvironmentVariables, Sink);
        var confirmed = !ListOnly && Project.Switch("BuildKitPruneConfirm");
        var found = new List<CacheEntry>();
        foreach (var scope in Scopes(location).DistinctBy(scope => scope.Repository))
        {
            found.AddRange(ListOnly
                ? await pruner.ListAsync(scope, location, Cancellation.Graceful).ConfigureAwait(false)
                : await pruner.PruneAsync(scope, PruneRules.Of(Project, scope), confirmed, DateTimeOffset.UtcNow, location, Cancellation.Graceful)
                    .ConfigureAwait(false));
        }

        Caches = [.. found.Select(TaskItems.FromCacheEntry)];
    }

    private IEnumerable<CacheScope> Scopes(SourceLocation location)
    {
        var caches = CacheSettings.Of(Project);
        foreach (var image in Images)
        {
            var diagnostics = new SettingDiagnostics(TaskItems.ToImageSettings(image, Project, []));
            var references = ImageNames.Read(diagnostics.Settings, diagnostics);
            diagnostics.Found.ToList().ForEach(Sink.Report);
            if (caches.ScopeOf(references.Count > 0 ? references[0] : null, location) is { } scope)
            {
                yield return scope;
            }
            else if (!diagnostics.HasErrors)
            {
                Sink.Report(PruningDiagnostics.NoRegistry.At(location, image.ItemSpec));
            }
        }
    }
}
