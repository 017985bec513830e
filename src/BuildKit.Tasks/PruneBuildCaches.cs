using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Pruning;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Lists the caches of a project's images in their registry, or removes old ones (BK7xxx).</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PruneBuildCaches : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var location = new SourceLocation(ProjectFile);
        var pruner = new RegistryCachePruner(EnvironmentVariables, Sink);
        var found = new List<CacheEntry>();
        foreach (var scope in Scopes(location).DistinctBy(scope => scope.Repository))
        {
            found.AddRange(ListOnly
                ? await pruner.ListAsync(scope, location, Cancellation.Graceful).ConfigureAwait(false)
                : await pruner.PruneAsync(
                    scope, PruneRules.Parse(Pattern, OlderThan, Keep, scope, location), Confirm, DateTimeOffset.UtcNow, location, Cancellation.Graceful).ConfigureAwait(false));
        }

        Caches = [.. found.Select(TaskItems.FromCacheEntry)];
    }

    private IEnumerable<CacheScope> Scopes(SourceLocation location)
    {
        var properties = TaskItems.ToProperties(Properties);
        foreach (var definition in Definitions)
        {
            var settings = ImageSettings.Of(definition.ItemSpec, ProjectFile, properties, TaskItems.Metadata(definition), EnvironmentVariables);
            var diagnostics = new SettingDiagnostics(settings);
            IReadOnlyList<ImageReference> references = ImageNames.Read(settings, diagnostics);
            diagnostics.Found.ToList().ForEach(Sink.Report);
            if (CacheScope.Of(references.Count > 0 ? references[0] : null, Repository, DevelopmentTag, ProductionTag, location) is { } scope)
            {
                yield return scope;
            }
            else if (!diagnostics.HasErrors)
            {
                Sink.Report(PruningDiagnostics.NoRegistry.At(location, definition.ItemSpec));
            }
        }
    }
}
