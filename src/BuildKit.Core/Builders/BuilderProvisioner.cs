using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Builders;

/// <summary>
/// Creates and starts builders. Under a machine-wide lock, because buildx lets two processes race for one name; the
/// user's current builder is never changed (no <c>--use</c>).
/// </summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="sink">Where what is done is told.</param>
public sealed class BuilderProvisioner(IDockerCli cli, IDiagnosticSink sink)
{
    /// <summary>Makes sure that a builder exists and runs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="request">What it shall be when it does not exist.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DiagnosticException">BK1007, BK1008, BK1010, BK1014.</exception>
    public async Task<ListedBuilder> EnsureAsync(string name, BuilderRequest request, CancellationToken cancellation)
    {
        var found = await FindAsync(name, request, cancellation).ConfigureAwait(false);
        if (found is { IsRunning: true } || (found is not null && found.Driver == "docker"))
        {
            return found;
        }

        using var machineLock = await MachineLock.AcquireAsync("buildkit-tasks-builder", cancellation).ConfigureAwait(false);
        // Again under the lock: another build may have done it meanwhile.
        found = await FindAsync(name, request, cancellation).ConfigureAwait(false);
        if (found is { IsRunning: true })
        {
            return found;
        }

        if (found is null)
        {
            await CreateAsync(name, request, cancellation).ConfigureAwait(false);
        }

        await BootstrapAsync(name, request.Driver?.NameOf() ?? found?.Driver ?? "", request, cancellation).ConfigureAwait(false);
        return await FindAsync(name, request, cancellation).ConfigureAwait(false)
            ?? throw new DiagnosticException(EngineDiagnostics.BootstrapFailed.At(
                request.Location, name, request.Driver?.NameOf(), "it is not listed after it was created"));
    }

    private async Task<ListedBuilder?> FindAsync(string name, BuilderRequest request, CancellationToken cancellation)
    {
        var all = await BuilderList.AskAsync(cli, request.WorkingDirectory, cancellation).ConfigureAwait(false);
        var found = all.FirstOrDefault(builder => builder.Name == name);
        if (found is null && request.Driver is null or BuilderDriver.Docker)
        {
            var names = all.Count == 0 ? "none" : string.Join(", ", all.Select(builder => builder.Name));
            throw new DiagnosticException(EngineDiagnostics.BuilderMissing.At(request.Location, name, names));
        }

        if (found is not null && request.Driver is { } driver && found.Driver.Length > 0 && found.Driver != driver.NameOf())
        {
            throw new DiagnosticException(EngineDiagnostics.BuilderDiffers.At(
                request.Location, name, $"it has the {found.Driver} driver and not {driver.NameOf()}"));
        }

        return found;
    }

    private async Task CreateAsync(string name, BuilderRequest request, CancellationToken cancellation)
    {
        var driver = request.Driver!.Value.NameOf();
        List<string> arguments = ["buildx", "create", "--name", name, "--driver", driver];
        foreach (var option in request.DriverOptions)
        {
            arguments.AddRange(["--driver-opt", option]);
        }

        if (request.ConfigFile.Length > 0)
        {
            arguments.AddRange(["--buildkitd-config", request.ConfigFile]);
        }

        if (request.Endpoint.Length > 0)
        {
            arguments.Add(request.Endpoint);
        }

        sink.Message(MessageLevel.Normal, $"Creating the builder \"{name}\" ({driver} driver).");
        var answer = await cli.AskAsync(request.WorkingDirectory, cancellation, [.. arguments]).ConfigureAwait(false);
        // Another program than ours may have made it meanwhile; then it is there, which is all that is wanted.
        if (answer.ExitCode != 0 && !answer.Error.Contains("existing instance", StringComparison.Ordinal))
        {
            throw new DiagnosticException(EngineDiagnostics.BuilderCreationFailed.At(
                request.Location, name, driver, LastLine(answer.Error)));
        }
    }

    private async Task BootstrapAsync(string name, string driver, BuilderRequest request, CancellationToken cancellation)
    {
        sink.Message(MessageLevel.Normal, $"Starting the builder \"{name}\".");
        var answer = await cli.AskAsync(
            request.WorkingDirectory, cancellation, "buildx", "inspect", "--bootstrap", name).ConfigureAwait(false);
        // "inspect" ends with 0 even when a node does not answer; then it has an Error line.
        var error = answer.Output.Split('\n').FirstOrDefault(line => line.StartsWith("Error:", StringComparison.Ordinal));
        if (answer.ExitCode != 0 || error is not null)
        {
            throw new DiagnosticException(EngineDiagnostics.BootstrapFailed.At(
                request.Location, name, driver, error?[6..].Trim() ?? LastLine(answer.Error)));
        }
    }

    private static string LastLine(string text)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";
        return line.StartsWith("ERROR: ", StringComparison.Ordinal) ? line[7..] : line;
    }
}
