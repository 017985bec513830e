using System.Globalization;
using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Builders;

/// <summary>Frees the caches of builders that are ours, or of one that is named; removes ours that nothing uses.</summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="sink">Receives what is done.</param>
public sealed class BuilderPruner(IDockerCli cli, IDiagnosticSink sink)
{
    /// <summary>The time by which age counts.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Prunes.</summary>
    /// <param name="request">What may go.</param>
    /// <param name="where">Where to work, and the project for diagnostics.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DiagnosticException">BK1007: the named builder does not exist; BK1099: buildx refused.</exception>
    public async Task PruneAsync(PruneRequest request, BuilderRequest where, CancellationToken cancellation)
    {
        var all = await BuilderList.AskAsync(cli, where.WorkingDirectory, cancellation).ConfigureAwait(false);
        var chosen = request.Name.Length > 0 ? all.Where(builder => builder.Name == request.Name).ToList() : [.. all.Where(OwnBuilders.Include)];
        if (chosen.Count == 0 && request.Name.Length > 0)
        {
            throw new DiagnosticException(EngineDiagnostics.BuilderMissing.At(
                where.Location, request.Name, string.Join(", ", all.Select(builder => builder.Name).DefaultIfEmpty("none"))));
        }

        if (chosen.Count == 0)
        {
            sink.Message(MessageLevel.Result, "no builder of BuildKit.Tasks is here; to clean up another, name it with BuildKitBuilder");
        }

        foreach (var builder in chosen)
        {
            if (request.RemoveUnusedFor is { } age && OwnBuilders.Include(builder) && Clock.GetUtcNow() - builder.LastActivity > age)
            {
                await RemoveAsync(builder, request, where, cancellation).ConfigureAwait(false);
            }
            else if (!builder.IsRunning)
            {
                sink.Message(MessageLevel.Result, $"the builder \"{builder.Name}\" does not run, so its cache is not known");
            }
            else
            {
                await PruneAsync(builder, request, where, cancellation).ConfigureAwait(false);
            }
        }

        if (chosen.Count > 0 && !request.Apply)
        {
            sink.Message(MessageLevel.Result, "nothing was removed; -p:BuildKitPruneBuilderDryRun=false does it");
        }
    }

    private async Task RemoveAsync(ListedBuilder builder, PruneRequest request, BuilderRequest where, CancellationToken cancellation)
    {
        var since = builder.LastActivity.Year < 2000 ? "was never used" : $"was last used on {builder.LastActivity:yyyy-MM-dd}";
        if (!request.Apply)
        {
            sink.Message(MessageLevel.Result, $"the builder \"{builder.Name}\" {since} and would be removed");
            return;
        }

        using var machineLock = await MachineLock.AcquireAsync("builders", "a clean-up of builders", sink, cancellation).ConfigureAwait(false);
        await AskAsync(where, ["buildx", "rm", "--force", builder.Name], cancellation).ConfigureAwait(false);
        sink.Message(MessageLevel.Result, $"the builder \"{builder.Name}\" {since} and is removed");
    }

    private async Task PruneAsync(ListedBuilder builder, PruneRequest request, BuilderRequest where, CancellationToken cancellation)
    {
        // buildx takes one value for each filter, so several types are several calls.
        foreach (var type in request.Types.DefaultIfEmpty(""))
        {
            List<string> filters = [];
            if (type.Length > 0)
            {
                filters.AddRange(["--filter", $"type={type}"]);
            }

            if (request.UnusedFor is { } age)
            {
                filters.AddRange(["--filter", string.Create(CultureInfo.InvariantCulture, $"until={age.TotalSeconds:0}s")]);
            }

            var what = $"of the builder \"{builder.Name}\"{(type.Length > 0 ? $" ({type})" : "")}";
            if (request.Apply)
            {
                var answer = await AskAsync(where,
                    ["buildx", "prune", "--force", "--builder", builder.Name, .. filters, .. request.All ? ["--all"] : Array.Empty<string>(),
                        .. request.Limits], cancellation).ConfigureAwait(false);
                var total = answer.Split('\n').LastOrDefault(line => line.StartsWith("Total:", StringComparison.Ordinal))?[6..].Trim() ?? "nothing";
                sink.Message(MessageLevel.Result, $"{total} {what} freed");
            }
            else
            {
                var answer = await AskAsync(where, ["buildx", "du", "--format", "json", "--builder", builder.Name, .. filters], cancellation)
                    .ConfigureAwait(false);
                var upTo = request.Limits.Count > 0 ? "up to " : "";
                sink.Message(MessageLevel.Result, $"{upTo}{Quantity.Bytes(Reclaimable(answer))} {what} would be freed");
            }
        }
    }

    private async Task<string> AskAsync(BuilderRequest where, string[] arguments, CancellationToken cancellation)
    {
        var answer = await cli.AskAsync(where.WorkingDirectory, cancellation, arguments).ConfigureAwait(false);
        return answer.ExitCode == 0 ? answer.Output
            : throw new DiagnosticException(EngineDiagnostics.EngineError.At(where.Location,
                answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "no reason given"));
    }

    private static long Reclaimable(string lines)
    {
        long sum = 0;
        foreach (var line in lines.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(line));
            var record = document?.RootElement ?? default;
            sum += record.Member("Reclaimable").ValueKind == System.Text.Json.JsonValueKind.True ? BytesOf(record.Text("Size")) : 0;
        }

        return sum;
    }

    // "4.096kB": Docker's units are powers of 1000.
    private static long BytesOf(string size)
    {
        var digits = size.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var power = Array.IndexOf(["B", "kB", "MB", "GB", "TB"], size[digits..].Trim());
        return double.TryParse(size[..digits], CultureInfo.InvariantCulture, out var value) && power >= 0 ? (long)(value * Math.Pow(1000, power)) : 0;
    }
}
