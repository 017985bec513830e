using BuildKit.Core.Diagnostics;
using BuildKit.Core.Staging;
using BuildKit.Core.UpToDateChecks;
using BuildKit.Core.WrittenDockerfiles;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Writes Dockerfiles that make the images of published files without this package. BK2019, BK2033, BK30xx.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteDockerfiles : BuildKitTask
{
    /// <summary>The images: items of the task PlanBuilds.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    internal override async Task RunAsync()
    {
        var file = Project.PathOf("BuildKitWrittenDockerfile");
        var requests = Plans.Select(plan => Kept<PlannedBuild>(plan.GetMetadata("PlanKey")).Request)
            .ToLookup(request => request.PublishOutput is not null);
        foreach (var request in requests[false])
        {
            Sink.Message(MessageLevel.Result, $"{request.Name} is made from {request.Dockerfile}; nothing is written for it.");
        }

        var several = requests[true].Count() > 1;
        foreach (var request in requests[true])
        {
            var target = several ? $"{file}.{request.Name}" : file;
            WrittenDockerfile.Write(request,
                await PublishSource.DescribeAsync(request, EnvironmentVariables, RegistryClients, Cancellation.Graceful).ConfigureAwait(false),
                target);
            Sink.Message(MessageLevel.Result, $"wrote {target}");
        }
    }
}
