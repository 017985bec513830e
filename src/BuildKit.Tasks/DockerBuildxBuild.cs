using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Reports;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>
/// Runs the build with BuildKit, and turns what BuildKit says into messages, warnings, errors (BK3xxx, BK4xxx, BK5xxx)
/// and the item of the built image.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class DockerBuildxBuild : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var plan = Kept<PlannedBuild>(Plan.GetMetadata("PlanKey"));
        plan = plan with
        {
            Request = plan.Request with
            {
                CacheFrom = [.. CacheFrom.Where(IsOfThisImage).Select(TaskItems.ToCache)],
                CacheTo = [.. CacheTo.Where(IsOfThisImage).Select(TaskItems.ToCache)],
            },
        };
        Sink.Message(MessageLevel.Normal, $"Building {plan.Request.Name}: {plan.Reason}.");
        var options = RunOptions.Of(Project) with { Lint = MakeLint(), Reported = report => Steps = [.. StepItems.Of(report)] };
        using var limit = new BuildTimeLimit(Project.Time("BuildKitTimeout"), Cancellation);
        var image = await new BuildxBuild(FindDocker(), EnvironmentVariables, RegistryClients, limit.Observe(Sink)) { Options = options }
            .RunAsync(plan, TaskItems.ToBuilder(Builder), limit.Cancellation).ConfigureAwait(false);
        limit.Report(plan.Request.Name, ProjectFile, Sink);
        if (image is not null)
        {
            Sink.Message(options.StepLevel, ImageSummary.Block(image));
            Image = [TaskItems.FromImage(image)];
            PlatformImages = [.. TaskItems.FromPlatforms(image)];
            return;
        }

        ProbeRecord.Forget(ProbeRecord.FileOf(Project));
    }

    private bool IsOfThisImage(ITaskItem cache) =>
        cache.GetMetadata("Image") is var image && (image.Length == 0 || image == Plan.ItemSpec);
}
