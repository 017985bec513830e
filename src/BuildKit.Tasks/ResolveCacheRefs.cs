using BuildKit.Core.Builds;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Which caches to read and write: the profile's, in its order, or what the project's items say.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class ResolveCacheRefs : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var (from, to) = (new List<ITaskItem>(), new List<ITaskItem>());
        var planner = new CachePlanner(CacheSettings.Of(Project), ProjectFile, EnvironmentVariables,
            Builder is null ? null : TaskItems.ToBuilder(Builder));
        foreach (var item in Plans)
        {
            var plan = Kept<PlannedBuild>(item.GetMetadata("PlanKey"));
            await CheckLoginAsync(ChecksLogin ? plan.Request : null).ConfigureAwait(false);
            var caches = await planner.ResolveAsync(plan, RegistryClients, Cancellation.Graceful).ConfigureAwait(false);
            Sink.Message(MessageLevel.Normal, $"Caches of {item.ItemSpec}: {caches.Reason}");
            caches.Diagnostics.ToList().ForEach(Sink.Report);
            from.AddRange(caches.From.Select(cache => TaskItems.FromCache(cache, item.ItemSpec)));
            to.AddRange(caches.To.Select(cache => TaskItems.FromCache(cache, item.ItemSpec)));
        }

        (CacheFrom, CacheTo) = ([.. from], [.. to]);
    }

    // Before minutes of building; each repository once.
    private async Task CheckLoginAsync(BuildRequest? request)
    {
        foreach (var tag in request is null ? [] : PushDestinations.Unverified(request))
        {
            var preflight = BuilderPreflight.Of(Builder is null ? null : TaskItems.ToBuilder(Builder), EnvironmentVariables, RegistryClients);
            var found = await OncePerBuildAsync(tag.Name, () => preflight.CheckAsync(tag, Cancellation.Graceful)).ConfigureAwait(false);
            if ((found.Refusal?.At(new SourceLocation(ProjectFile)) ?? found.DoubtAt(tag, new SourceLocation(ProjectFile))) is { } diagnostic)
            {
                Sink.Report(diagnostic);
            }
        }
    }
}
