using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Processes;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Builders;

/// <summary>
/// Creates, changes, repairs and starts builders. Under a machine-wide lock, because buildx lets two processes race for
/// one name; the user's current builder is never changed (no <c>--use</c>), and no builder is that is not ours.
/// </summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="sink">Receives what is done.</param>
internal sealed class BuilderProvisioner(IDockerCli cli, IDiagnosticSink sink)
{
    /// <summary>Looks whether a remote builder that does not run can be reached, before buildx waits for it.</summary>
    public RemoteCheck? Remote { get; init; }

    /// <summary>Makes sure that a builder exists, is as asked, and runs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="definition">What it shall be; null takes the builder as it is.</param>
    /// <param name="request">Where to work, and the project for diagnostics.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DiagnosticException">BK1007, BK1008, BK1010, BK1014, BK1035, BK1036.</exception>
    public async Task<ListedBuilder> EnsureAsync(
        string name, BuilderDefinition? definition, BuilderRequest request, CancellationToken cancellation)
    {
        var found = await FindAsync(name, definition, request, cancellation).ConfigureAwait(false);
        if (found is not null && (found.IsRunning || found.Driver == "docker") && Differences(definition, found).Count == 0)
        {
            return found;
        }

        using var machineLock = await MachineLock.AcquireAsync("builders", HolderOf(request), sink, cancellation).ConfigureAwait(false);
        // Again under the lock: another build may have done it meanwhile.
        found = await FindAsync(name, definition, request, cancellation).ConfigureAwait(false);
        var differences = found is null ? [] : Differences(definition, found);
        if (found is { IsRunning: true } && differences.Count == 0)
        {
            return found;
        }

        if (found is { Driver: "remote" } && definition is null && Remote is not null)
        {
            await Task.WhenAll(found.Nodes.Select(node =>
                Remote.CheckAsync(name, node.Endpoint, node.Options, request.Location, cancellation))).ConfigureAwait(false);
        }

        if (found is null)
        {
            await CreateAsync(definition!, request, cancellation).ConfigureAwait(false);
        }
        else if (differences.Count > 0)
        {
            if (!OwnBuilders.Include(found))
            {
                throw new DiagnosticException(EngineDiagnostics.BuilderDiffers.At(request.Location, name, string.Join(", ", differences)));
            }

            sink.Message(MessageLevel.Normal, $"Changing the builder \"{name}\": {string.Join(", ", differences)}.");
            // Its cache is kept: it is as good in the changed builder.
            await RemoveAsync(name, keepState: true, request, cancellation).ConfigureAwait(false);
            await CreateAsync(definition!, request, cancellation).ConfigureAwait(false);
        }

        var driver = definition?.Driver.NameOf() ?? found?.Driver ?? "";
        var problem = await BootstrapAsync(name, request, cancellation).ConfigureAwait(false);
        if (problem is not null && definition is not null && found is not null && differences.Count == 0 && OwnBuilders.Include(found))
        {
            // A build that was killed while it made the builder may have left anything; ours is recreated.
            sink.Message(MessageLevel.Normal, $"The builder \"{name}\" does not start ({problem}); it is recreated.");
            await RemoveAsync(name, keepState: false, request, cancellation).ConfigureAwait(false);
            await CreateAsync(definition, request, cancellation).ConfigureAwait(false);
            problem = await BootstrapAsync(name, request, cancellation).ConfigureAwait(false);
        }

        // One that was made for this build and never ran is of use to nobody, and would be in the list of builders for ever.
        var isNew = found is null;
        if (problem is not null && isNew)
        {
            await RemoveAsync(name, keepState: false, request, cancellation).ConfigureAwait(false);
        }

        found = problem is null ? await FindAsync(name, definition, request, cancellation).ConfigureAwait(false) : null;
        problem ??= "it is not listed after it was created";
        return found ?? throw new DiagnosticException(EngineDiagnostics.BootstrapFailed.At(
            request.Location, name, driver, problem, EngineDiagnostics.StartRemedy(name, problem, removed: isNew)));
    }

    private static string HolderOf(BuilderRequest request) =>
        request.Location is { } location ? "the build of " + Path.GetFileName(location.File) : "another build";

    private static IReadOnlyList<string> Differences(BuilderDefinition? definition, ListedBuilder found) =>
        definition is null ? [] : BuilderComparison.Differences(definition, found);

    private async Task<ListedBuilder?> FindAsync(
        string name, BuilderDefinition? definition, BuilderRequest request, CancellationToken cancellation)
    {
        var all = await BuilderList.AskAsync(cli, request.WorkingDirectory, cancellation).ConfigureAwait(false);
        var found = all.FirstOrDefault(builder => builder.Name == name);
        if (found is null && definition is null)
        {
            var names = all.Count == 0 ? "none" : string.Join(", ", all.Select(builder => builder.Name));
            throw new DiagnosticException(EngineDiagnostics.BuilderMissing.At(request.Location, name, names));
        }

        return found;
    }

    private async Task CreateAsync(BuilderDefinition definition, BuilderRequest request, CancellationToken cancellation)
    {
        sink.Message(MessageLevel.Normal, $"Creating the builder \"{definition.Name}\" ({definition.Driver.NameOf()} driver).");
        // buildx reads the configuration while it creates, and keeps what it read.
        var made = definition.Configuration.Registries.Count > 0;
        using var folder = made ? TemporaryFolder.Create() : null;
        var file = folder is not null ? Path.Combine(folder.Path, "buildkitd.toml")
            : definition.Configuration.IsEmpty ? "" : request.ConfigFile;
        if (made)
        {
            await File.WriteAllTextAsync(file, definition.Configuration.Text, cancellation).ConfigureAwait(false);
        }

        foreach (var arguments in CreateCommandLine.Of(definition, file))
        {
            sink.Message(MessageLevel.Detail, "docker " + string.Join(' ', arguments));
            var answer = await cli.AskAsync(request.WorkingDirectory, cancellation, [.. arguments]).ConfigureAwait(false);
            // Another program than ours may have made it meanwhile; then it is there, which is all that is wanted.
            if (answer.ExitCode != 0 && !answer.Error.Contains("existing instance", StringComparison.Ordinal))
            {
                throw new DiagnosticException(EngineDiagnostics.BuilderCreationFailed.At(
                    request.Location, definition.Name, definition.Driver.NameOf(), LastLine(answer.Error)));
            }
        }
    }

    private Task RemoveAsync(string name, bool keepState, BuilderRequest request, CancellationToken cancellation) =>
        // A failure is reported by the creation that follows.
        cli.AskAsync(request.WorkingDirectory, cancellation, keepState ? ["buildx", "rm", "--keep-state", name] : ["buildx", "rm", "--force", name]);

    // The reason why it does not start, or null.
    private async Task<string?> BootstrapAsync(string name, BuilderRequest request, CancellationToken cancellation)
    {
        sink.Message(MessageLevel.Normal, $"Starting the builder \"{name}\".");
        for (var again = false; ; again = true)
        {
            var answer = await cli.AskAsync(
                request.WorkingDirectory, cancellation, "buildx", "inspect", "--bootstrap", name).ConfigureAwait(false);
            // "inspect" ends with 0 even when a node does not answer; then it has an Error line.
            var error = answer.Output.Split('\n').FirstOrDefault(line => line.StartsWith("Error:", StringComparison.Ordinal));
            var problem = error?[6..].Trim() ?? (answer.ExitCode != 0 ? LastLine(answer.Error) : null);
            // buildx counts its 20 seconds for an answer from before it pulls the builder's image: a pull that takes
            // longer ends like a builder that does not answer. The second time there is nothing to pull.
            if (again || problem?.Contains("deadline exceeded", StringComparison.Ordinal) != true)
            {
                return problem;
            }
        }
    }

    private static string LastLine(string text)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";
        return line.StartsWith("ERROR: ", StringComparison.Ordinal) ? line[7..] : line;
    }
}
