using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Reports;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>
/// Runs the build with BuildKit, and turns what BuildKit says into messages, warnings, errors (BK3xxx, BK4xxx, BK5xxx)
/// and the item of the built image.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class DockerBuildxBuild : DockerfileTask
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
        var level = Progress.Equals("plain", StringComparison.OrdinalIgnoreCase) ? MessageLevel.Important : MessageLevel.Normal;
        void TakeSteps(BuildReport report) => Steps = [.. StepItems.Of(report)];
        using var limit = new BuildTimeLimit(TimeSetting.Read("BuildKitTimeout", TimeLimit, new SourceLocation(ProjectFile)), Cancellation);
        var image = await new BuildxBuild(FindDocker(DockerPath), EnvironmentVariables, RegistryClients, limit.Observe(Sink)) { StepLevel = level, Lint = MakeLint(adviceAsWarnings: false), Report = Report, Reported = TakeSteps }
            .RunAsync(plan, TaskItems.ToBuilder(Builder), limit.Cancellation).ConfigureAwait(false);
        limit.Report(plan.Request, Sink);
        if (image is not null)
        {
            Sink.Message(level, ImageSummary.Block(image));
            Image = [TaskItems.FromImage(image)];
            PlatformImages = [.. TaskItems.FromPlatforms(image)];
            return;
        }

        ProbeRecord.Forget(BuilderRecordFile);
    }

    private bool IsOfThisImage(ITaskItem cache) =>
        cache.GetMetadata("Image") is var image && (image.Length == 0 || image == Plan.ItemSpec);
}
