using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Builders;

/// <summary>Selects the builder, by the record of the last good probe when it may stand in.</summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="sink">Receives what is done.</param>
public sealed class RecordedProbe(IDockerCli cli, BuildEnvironment environment, IDiagnosticSink sink)
{
    /// <summary>Full path of the record; empty keeps none.</summary>
    public string RecordFile { get; init; } = "";

    /// <summary>How long a record counts.</summary>
    public TimeSpan Age { get; init; } = ProbeRecord.DefaultAge;

    /// <summary>Selects.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="key">What <see cref="ProbeRecord.KeyOf"/> gives for it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DiagnosticException">BK1002 to BK1032.</exception>
    public async Task<Builder> SelectAsync(BuilderRequest request, string key, CancellationToken cancellation)
    {
        if (RecordFile.Length > 0
            && await ProbeRecord.ReadAsync(RecordFile, key, Age, environment, cancellation).ConfigureAwait(false) is { } known)
        {
            sink.Message(MessageLevel.Detail,
                $"The builder answered less than {Age.TotalMinutes:0.#} minutes ago and is not asked again (BuildKitProbeAge).");
            return known;
        }

        ProbeRecord.Forget(RecordFile);
        var found = await new BuilderSelector(cli, environment, sink).SelectAsync(request, cancellation).ConfigureAwait(false);
        if (RecordFile.Length > 0)
        {
            ProbeRecord.Write(RecordFile, key, found);
        }

        return found;
    }
}
