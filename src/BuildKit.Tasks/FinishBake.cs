using BuildKit.Core.Bakes;
using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Reports;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>
/// Ends a bake for one project: results, records and diagnostics of its images, as if each was built alone. BK6205, BK6207,
/// BK6209.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class FinishBake : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var options = RunOptions.Of(Project) with { Lint = MakeLint(), Reported = report => Steps = [.. Steps, .. StepItems.Of(report)] };
        await EachAsync(Sessions, async item =>
        {
            using var session = Kept<BuildSession>(item.GetMetadata("SessionKey"));
            if (await EndAsync(session, options).ConfigureAwait(false) is { } image)
            {
                Sink.Message(options.StepLevel, ImageSummary.Block(image));
                Images = [.. Images, TaskItems.FromImage(image)];
                PlatformImages = [.. PlatformImages, .. TaskItems.FromPlatforms(image)];
            }
        }).ConfigureAwait(false);
    }

    private async Task<BuiltImage?> EndAsync(BuildSession session, RunOptions options)
    {
        var request = session.Plan.Request;
        var place = new SourceLocation(ProjectFile);
        if (BakeOutcome.Take(session.FileOf("")) is not var (outcome, run))
        {
            Sink.Report(BakeDiagnostics.NotBaked.At(place, request.Name, ""));
            return null;
        }

        if (!outcome.Started)
        {
            Sink.Report(outcome.Refusal is { } refusal ? refusal.At(place)
                : outcome.BlockedBy.Length > 0 ? BakeDiagnostics.BaseFailed.At(place, request.Name, outcome.BlockedBy)
                : BakeDiagnostics.NotBaked.At(place, request.Name, ", because another image failed"));
            return null;
        }

        var image = await new BuildCompletion(EnvironmentVariables, RegistryClients, Sink) { Options = options }
            .CompleteAsync(session, run, run.Graph.Elapsed, Cancellation.Graceful).ConfigureAwait(false);
        if (image is null)
        {
            ProbeRecord.Forget(ProbeRecord.FileOf(Project));
        }

        return image;
    }
}
