using BuildKit.Core.Builds;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Checks Dockerfiles by BuildKit's rules (BK32xx) and our own (BK33xx), and builds nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckDockerfiles : DockerfileTask
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>The builder: the item of EnsureBuildKit.</summary>
    [Required]
    public ITaskItem Builder { get; set; } = null!;

    internal override async Task RunAsync()
    {
        var lint = MakeLint(adviceAsWarnings: true);
        var docker = FindDocker(DockerPath);
        foreach (var plan in Plans)
        {
            var request = Kept<PlannedBuild>(plan.GetMetadata("PlanKey")).Request;
            lint.Own(request).ToList().ForEach(Sink.Report);
            (await lint.OfBuildKitAsync(request, TaskItems.ToBuilder(Builder), docker, Cancellation).ConfigureAwait(false)).ToList().ForEach(Sink.Report);
        }
    }
}
