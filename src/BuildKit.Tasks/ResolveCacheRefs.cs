using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;
using CacheKind = BuildKit.Core.CacheReferences.CacheType;

namespace BuildKit.Tasks;

/// <summary>Which caches to read and write: the development cache first, then the production cache, then a fresh build.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ResolveCacheRefs : BuildKitTask
{
    internal override Task RunAsync()
    {
        var location = new SourceLocation(ProjectFile);
        var from = new List<ITaskItem>();
        var to = new List<ITaskItem>();
        foreach (var plan in Plans)
        {
            var references = plan.GetMetadata("References").Split(';', StringSplitOptions.RemoveEmptyEntries);
            var image = references.Length > 0 ? ImageReference.TryParse(references[0]) : null;
            var caches = CacheReferenceResolver.Resolve(new CacheQuestion
            {
                Scope = CacheScope.Of(image, Repository, DevelopmentTag, ProductionTag, location),
                Profile = CacheValues.Parse("BuildKitCacheProfile", Profile, CacheProfile.Development, ProjectFileLocation.Of(ProjectFile, "BuildKitCacheProfile")),
                Type = CacheValues.Parse("BuildKitCacheType", CacheType, CacheKind.Registry, ProjectFileLocation.Of(ProjectFile, "BuildKitCacheType")),
                Write = CacheValues.Parse("BuildKitCacheWrite", Write, CacheWrite.Auto, ProjectFileLocation.Of(ProjectFile, "BuildKitCacheWrite")),
                Pushes = plan.GetMetadata("Pushes") == "true",
                FromDockerfile = plan.GetMetadata("FromDockerfile") == "true",
                ImageReferences = references,
                Builder = Builder is null ? null : TaskItems.ToBuilder(Builder),
                Location = location,
            });
            Sink.Message(MessageLevel.Normal, $"Caches of {plan.ItemSpec}: {caches.Reason}");
            caches.Diagnostics.ToList().ForEach(Sink.Report);
            from.AddRange(caches.From.Select(cache => TaskItems.FromCache(cache, plan.ItemSpec)));
            to.AddRange(caches.To.Select(cache => TaskItems.FromCache(cache, plan.ItemSpec)));
        }

        (CacheFrom, CacheTo) = ([.. from], [.. to]);
        return Task.CompletedTask;
    }
}
