using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Is there a BuildKit that can do what this build asks? Makes it so, or says exactly what to do. BK10xx, BK2001.</summary>
[MSBuildMultiThreadableTask]
public sealed class EnsureBuildKit : BuildKitTask
{
    /// <summary>The images to be built, whose <c>Needs</c> the builder must have; empty asks for nothing. BK1011, BK1032.</summary>
    public ITaskItem[] Plans { get; set; } = [];

    /// <summary>
    /// The builder: <c>Name</c>, <c>Driver</c>, <c>ContainerdStore</c>, <c>Endpoint</c>, versions. Empty when there is none
    /// and none is demanded.
    /// </summary>
    [Output]
    public ITaskItem[] Builder { get; private set; } = [];

    internal override async Task RunAsync()
    {
        var request = BuilderRequest.Of(Project) with { Needs = [.. Plans.SelectMany(TaskItems.ToNeeds).Distinct().Order()] };
        try
        {
            var cli = FindDocker();
            var probe = new RecordedProbe(cli, EnvironmentVariables, Sink)
            { RecordFile = ProbeRecord.FileOf(Project), Age = ProbeRecord.AgeOf(Project) };
            var key = ProbeRecord.KeyOf(request, cli.ProgramPath, EnvironmentVariables);
            var builder = await OncePerBuildAsync(key, () => probe.SelectAsync(request, key, Cancellation.Graceful)).ConfigureAwait(false);
            Sink.Message(MessageLevel.Normal, $"Builder: {builder.DisplayName} ({builder.Kind}) at {builder.Endpoint}");
            Builder = [TaskItems.FromBuilder(builder)];
        }
        catch (DiagnosticException failure) when (Project.IsAuto() && failure.Diagnostics is [var only] && MeansNoEngine(only))
        {
            var skipped = EngineDiagnostics.SkippedWithoutEngine.At(request.Location, Path.GetFileName(ProjectFile), $"{only.Code}: {only.Message}");
            if (IsFirstInBuild(skipped.Code))
            {
                Sink.Report(skipped);
                return;
            }

            Sink.Message(MessageLevel.Normal, $"{skipped.Code}: {skipped.Message}");
        }
    }

    private static bool MeansNoEngine(Diagnostic diagnostic) =>
        diagnostic.Descriptor == EngineDiagnostics.CliNotFound || diagnostic.Descriptor == EngineDiagnostics.BuildxMissing
        || diagnostic.Descriptor == EngineDiagnostics.EngineUnreachable || diagnostic.Descriptor == EngineDiagnostics.SocketPermissionDenied;
}
