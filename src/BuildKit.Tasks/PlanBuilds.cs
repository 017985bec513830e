using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>
/// Reads what the project says about its images, refuses what is wrong (BK1033, BK2xxx, BK3020, BK4004, BK5006), and finds out what
/// has to be built.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class PlanBuilds : BuildKitTask
{
    internal override async Task RunAsync()
    {
        PropertyTable.Check(Project).ToList().ForEach(Sink.Report);
        CacheSettings.Check(Project).ToList().ForEach(Sink.Report);
        var requests = Images.Select(image => BuildRequestReader.Read(TaskItems.ToImageSettings(image, Project, RuntimeParts), Sink))
            .OfType<BuildRequest>().ToList();
        DuplicateImages.Check(requests, ProjectFile).ToList().ForEach(Sink.Report);
        if (Log.HasLoggedErrors)
        {
            return;
        }

        var planner = new BuildPlanner(
            EnvironmentVariables, [BuilderIdentity.Of(BuilderRequest.Of(Project), EnvironmentVariables), LintSettings.Of(Project).Identity],
            RegistryClients);
        var caches = new CachePlanner(CacheSettings.Of(Project), ProjectFile, EnvironmentVariables, builder: null);
        var details = RunOptions.Of(Project).Details;
        foreach (var request in requests)
        {
            var forced = BuildPurposes.Of(Project) == BuildPurpose.Build ? request : request with { Force = true };
            var (plan, image) = await planner.PlanAsync(forced, caches.Written(forced), Cancellation.Graceful).ConfigureAwait(false);
            if (image is not null)
            {
                Unchanged = [.. Unchanged, TaskItems.FromImage(details ? image with { Details = [$"from       {request.Source}"] } : image)];
                UnchangedPlatforms = [.. UnchangedPlatforms, .. TaskItems.FromPlatforms(image)];
                UnchangedPlans = InBake || BakesImages ? [.. UnchangedPlans, TaskItems.FromPlan(plan, Keep(plan))] : [];
                continue;
            }

            if (plan.CheckSending() is { } warning)
            {
                Sink.Report(warning);
            }

            Plans = [.. Plans, TaskItems.FromPlan(plan, Keep(plan))];
            Sink.Message(MessageLevel.Normal, request.Description);
        }
    }
}
