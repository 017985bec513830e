using BuildKit.Core.Builds;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Which caches to read and write: the profile's, in its order, or what the project's items say.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ResolveCacheRefs : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var (from, to) = (new List<ITaskItem>(), new List<ITaskItem>());
        var planner = new CachePlanner(Settings(), ProjectFile, EnvironmentVariables, Builder is null ? null : TaskItems.ToBuilder(Builder));
        foreach (var item in Plans)
        {
            var plan = Kept<PlannedBuild>(item.GetMetadata("PlanKey"));
            var caches = await planner.ResolveAsync(plan, Cancellation.Graceful).ConfigureAwait(false);
            Sink.Message(MessageLevel.Normal, $"Caches of {item.ItemSpec}: {caches.Reason}");
            caches.Diagnostics.ToList().ForEach(Sink.Report);
            from.AddRange(caches.From.Select(cache => TaskItems.FromCache(cache, item.ItemSpec)));
            to.AddRange(caches.To.Select(cache => TaskItems.FromCache(cache, item.ItemSpec)));
        }

        (CacheFrom, CacheTo) = ([.. from], [.. to]);
    }

    private CacheSettings Settings() => new()
    {
        Profile = Profile,
        Type = CacheType,
        Write = Write,
        Repository = Repository,
        DevelopmentTag = DevelopmentTag,
        ProductionTag = ProductionTag,
        DefaultBranch = DefaultBranch,
        Compression = Compression,
        Force = Force,
        Items =
        [
            .. Reads.Select(item => new CacheItem(item.ItemSpec, TaskItems.Metadata(item), IsWrite: false)),
            .. Writes.Select(item => new CacheItem(item.ItemSpec, TaskItems.Metadata(item), IsWrite: true)),
        ],
    };
}
