using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Is there a BuildKit that can do what this build asks? Makes it so, or says exactly what to do.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class EnsureBuildKit : BuilderTask
{
    internal override async Task RunAsync()
    {
        var request = MakeRequest() with { Needs = [.. Plans.SelectMany(TaskItems.ToNeeds).Distinct().Order()] };
        try
        {
            var cli = FindDocker(DockerPath);
            var age = TimeSetting.Read("BuildKitProbeAge", RecordAge, request.Location) ?? ProbeRecord.DefaultAge;
            var probe = new RecordedProbe(cli, EnvironmentVariables, Sink) { RecordFile = RecordFile, Age = age };
            var key = ProbeRecord.KeyOf(request, cli.ProgramPath, EnvironmentVariables);
            var builder = await OncePerBuildAsync(key, () => probe.SelectAsync(request, key, Cancellation.Graceful)).ConfigureAwait(false);
            Sink.Message(MessageLevel.Normal, $"Builder: {builder.DisplayName} ({builder.Kind}) at {builder.Endpoint}");
            Builder = [TaskItems.FromBuilder(builder)];
        }
        catch (DiagnosticException failure) when (Optional && failure.Diagnostics is [var only] && MeansNoEngine(only))
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
