using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Settings;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>Is there a BuildKit that can do what this build asks? Makes it so, or says exactly what to do.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class EnsureBuildKit : BuildKitTask
{
    internal override async Task RunAsync()
    {
        var location = new SourceLocation(ProjectFile);
        var request = new BuilderRequest
        {
            Name = BuilderName,
            Driver = BuilderRequest.ParseDriver(Driver, ProjectFileLocation.Of(ProjectFile, "BuildKitDriver")),
            DriverOptions = [.. DriverOptions.Select(option => $"{option.ItemSpec}={option.GetMetadata("Value")}")],
            Endpoint = Endpoint,
            ConfigFile = ConfigFile,
            WorkingDirectory = Path.GetDirectoryName(ProjectFile)!,
            Location = location,
        };
        try
        {
            var cli = FindDocker(DockerPath);
            var key = string.Join('|', [cli.ProgramPath, BuilderName, Driver, Endpoint, .. request.DriverOptions]);
            var builder = await OncePerBuildAsync(key, () =>
                new BuilderSelector(cli, EnvironmentVariables, Sink).SelectAsync(request, Cancellation.Graceful)).ConfigureAwait(false);
            Sink.Message(MessageLevel.Normal, $"Builder: {builder.DisplayName} ({builder.Kind}) at {builder.Endpoint}");
            Builder = [TaskItems.FromBuilder(builder)];
        }
        catch (DiagnosticException failure) when (Optional && failure.Diagnostics is [var only] && MeansNoEngine(only))
        {
            Sink.Report(EngineDiagnostics.SkippedWithoutEngine.At(location, Path.GetFileName(ProjectFile), $"{only.Code}: {only.Message}"));
        }
    }

    private static bool MeansNoEngine(Diagnostic diagnostic) =>
        diagnostic.Descriptor == EngineDiagnostics.CliNotFound || diagnostic.Descriptor == EngineDiagnostics.BuildxMissing
        || diagnostic.Descriptor == EngineDiagnostics.EngineUnreachable || diagnostic.Descriptor == EngineDiagnostics.SocketPermissionDenied;
}
