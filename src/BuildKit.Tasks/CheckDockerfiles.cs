using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Requests;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Checks Dockerfiles by BuildKit's rules (BK32xx) and our own (BK33xx), and builds nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckDockerfiles : BuildKitTask
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    [Required]
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>The builder: the item of EnsureBuildKit.</summary>
    [Required]
    public ITaskItem Builder { get; set; } = null!;

    internal override async Task RunAsync()
    {
        var lint = new DockerfileLint(LintSettings.Of(Project, adviceAsWarnings: true), ProjectFacts.Of(Project)) { IsFirst = IsFirstInBuild };
        var docker = FindDocker();
        foreach (var plan in Plans)
        {
            var request = Kept<PlannedBuild>(plan.GetMetadata("PlanKey")).Request;
            var buildx = new BuildxRun(docker, EnvironmentVariables, new RedactingSink(Sink, SecretValues.Of(request, EnvironmentVariables)))
            {
                StallLimit = RunOptions.StallLimitOf(Project),
                Registries = RegistryClients,
            };
            var checks = await lint.OfBuildKitAsync(request, TaskItems.ToBuilder(Builder), buildx, Cancellation).ConfigureAwait(false);
            Diagnostic[] found = [.. lint.Own(request), .. checks];
            found.ToList().ForEach(Sink.Report);
            var dockerfile = Path.GetRelativePath(Project.ProjectFolder, request.Dockerfile);
            Sink.Message(MessageLevel.Result, found.Length == 0 ? $"checked {dockerfile}: nothing found" : $"checked {dockerfile}");
        }
    }
}
