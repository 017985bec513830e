using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

/// <summary>Keeps the errors of a build.</summary>
internal sealed class RecordingLogger : ILogger
{
    public List<BuildErrorEventArgs> Errors { get; } = [];

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Normal;

    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource) => eventSource.ErrorRaised += (_, error) => Errors.Add(error);

    public void Shutdown()
    {
    }
}
