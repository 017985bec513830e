using BuildKit.Core.Compose;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Reads the images of compose files. BK6101, BK6122.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadComposeFile : ImageFileTask
{
    internal override Task RunAsync()
    {
        var options = ComposeOptions.Of(Project);
        if (options.Applies)
        {
            Leave(ComposeImages.Describe([.. Project.List("BuildKitComposeFile").Select(file => FullPath("BuildKitComposeFile", file))], options,
                Sink));
            DefinesImages = options.Dockerfile.Length == 0;
        }

        return Task.CompletedTask;
    }
}
