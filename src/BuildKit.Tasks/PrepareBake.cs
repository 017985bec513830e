using BuildKit.Core.Bakes;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Makes a project's images ready for a bake: checks, staged files, and a file with the target of each. BK6205, BK6209.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PrepareBake : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var (docker, lint, builder) = (FindDocker(), MakeLint(), TaskItems.ToBuilder(Builder));
        var (files, prepared) = (BakeItem.FilesOf(Described), new List<BakeEntry>());
        var turn = BakeTurn.Read(files.Turn);
        await EachAsync(Plans, async item =>
        {
            var plan = Kept<PlannedBuild>(item.GetMetadata("PlanKey"));
            plan = plan with { Request = plan.Request with { CacheFrom = Of(item, CacheFrom), CacheTo = Of(item, CacheTo) } };
            var own = turn.Images.First(image => image.Name == plan.Request.Name);
            var reason = plan.Reason.Length > 0 ? plan.Reason : own.Reason;
            Sink.Message(MessageLevel.Normal, $"Baking {plan.Request.Name}: {reason}.");
            var redacted = new RedactingSink(Sink, SecretValues.Of(plan.Request, EnvironmentVariables));
            var preparation = new BuildPreparation(docker, EnvironmentVariables, RegistryClients, redacted)
            {
                Lint = lint,
                StallLimit = RunOptions.StallLimitOf(Project),
                FollowsBase = own.FollowsBase,
            };
            if (await preparation.PrepareAsync(plan, builder, Cancellation).ConfigureAwait(false) is { } session)
            {
                // Kept first, so that it is cleared away when its target cannot be said.
                var key = Keep(session);
                BakeTargetFile.Write(session, turn.ByHand);
                prepared.Add(BakeEntry.Of(session));
                Sessions = [.. Sessions, TaskItems.Item(plan.Request.Name, new Dictionary<string, string> { ["SessionKey"] = key })];
            }
        }).ConfigureAwait(false);
        PreparedImages.Write(files.Prepared, prepared);
    }

    private static List<Core.CacheReferences.CacheReference> Of(ITaskItem plan, ITaskItem[] caches) =>
        [.. caches.Where(cache => cache.GetMetadata("Image") is var image && (image.Length == 0 || image == plan.ItemSpec))
            .Select(TaskItems.ToCache)];
}
