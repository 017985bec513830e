using BuildKit.Core.Builders;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Reads what the project says about its images, refuses what is wrong, and finds out what has to be built.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PlanBuilds : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var properties = TaskItems.ToProperties(Properties);
        var items = Items();
        AcceptedValues.Check(properties, ProjectFile).ToList().ForEach(Sink.Report);
        CacheSettings.Of(name => properties.GetValueOrDefault(name, ""), TaskItems.ToCacheItems(CacheReads, CacheWrites)).Check(ProjectFile).ToList().ForEach(Sink.Report);
        var requests = Definitions.Select(definition => BuildRequestReader.Read(Settings(definition, properties, items), Sink)).ToList();
        DuplicateImages.Check(requests.OfType<BuildRequest>(), ProjectFile).ToList().ForEach(Sink.Report);
        if (Log.HasLoggedErrors)
        {
            return;
        }

        var planner = new BuildPlanner(EnvironmentVariables, [BuilderIdentity.Of(Builder(properties), EnvironmentVariables)], RegistryClients);
        var (plans, unchanged, platforms) = (new List<ITaskItem>(), new List<ITaskItem>(), new List<ITaskItem>());
        foreach (var request in requests.OfType<BuildRequest>())
        {
            var (plan, image) = await planner.PlanAsync(request, Cancellation.Graceful).ConfigureAwait(false);
            if (image is not null)
            {
                unchanged.Add(TaskItems.FromImage(image));
                platforms.AddRange(TaskItems.FromPlatforms(image));
                UnchangedPlans = InBake ? [.. UnchangedPlans, TaskItems.FromPlan(plan, Keep(plan))] : [];
                continue;
            }

            plans.Add(TaskItems.FromPlan(plan, Keep(plan)));
            Sink.Message(MessageLevel.Normal, request.PublishOutput is null
                ? $"{request.Name}: {request.Dockerfile}, context {request.Context} ({request.ContextReason})"
                : $"{request.Name}: published files in {request.PublishOutput.Folder} on {request.PublishOutput.BaseImage}");
        }

        (Plans, Unchanged, UnchangedPlatforms) = ([.. plans], [.. unchanged], [.. platforms]);
    }
}
