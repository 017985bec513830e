using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Bakes;

/// <summary>
/// Bakes the images of one builder. A failing target cancels the others, and then nothing is known of those that were done; they
/// are baked again without it in another round, which costs little.
/// </summary>
/// <param name="definition">Knows which images build on which.</param>
/// <param name="outcomes">Takes how each image ended.</param>
/// <param name="redactor">Takes secrets out of what is handed to the projects.</param>
internal sealed class BakeRounds(BakeDefinition definition, BakeOutcomes outcomes, SecretRedactor redactor)
{
    /// <summary>Whether the others are built when one fails.</summary>
    public required bool Continue { get; init; }

    /// <summary>Bakes some images at once; returns the error's lines, none when all went well, null when it was cancelled.</summary>
    public required Func<IReadOnlyList<BakeEntry>, ProgressSplitter, Task<IReadOnlyList<string>?>> BakeAsync { get; init; }

    /// <summary>Bakes until each image is there or failed, or until the bake is cancelled.</summary>
    public async Task RunAsync(IEnumerable<BakeEntry> entries)
    {
        var (remaining, later) = (outcomes.WithoutBlocked(entries), new List<BakeEntry>());
        var rounds = new List<ProgressSplitter>();
        while (remaining.Count > 0)
        {
            // Each round has a stream of its own: BuildKit names the same steps otherwise in the next.
            var progress = new ProgressSplitter(redactor);
            rounds.Add(progress);
            if (await BakeAsync(remaining, progress).ConfigureAwait(false) is not { } errors)
            {
                return;
            }

            if (errors.Count == 0)
            {
                remaining.ForEach(entry => BakeOutcomes.Succeed(entry, LinesOf(entry)));
                (remaining, later) = (outcomes.WithoutBlocked(later), []);
                continue;
            }

            var (culprit, isNamed) = CulpritOf(errors, remaining);
            remaining.Remove(culprit);
            if (isNamed && definition.ClosureOf(culprit).Any(remaining.Contains))
            {
                // The steps of the images that it builds on are its steps too: they show by themselves which one it was.
                later.Add(culprit);
                continue;
            }

            outcomes.Fail(culprit, [.. errors.Select(redactor.Redact)], progress.LinesOf(culprit.Target));
            remaining = outcomes.WithoutBlocked(remaining);
            if (remaining.Count == 0)
            {
                (remaining, later) = (outcomes.WithoutBlocked(later), []);
            }

            if (!Continue || (!isNamed && remaining.Count > 0))
            {
                outcomes.GiveUp([.. remaining, .. later]);
                return;
            }
        }

        // A step that ran in a round that another image ended is cached in the next one: it tells how it ran.
        IEnumerable<string> LinesOf(BakeEntry entry) => ProgressSplitter.LinesOf(rounds, entry.Target);
    }

    // Without a name in the error it is everybody's, and one of them reports it.
    private static (BakeEntry Entry, bool IsNamed) CulpritOf(IReadOnlyList<string> errors, List<BakeEntry> baked)
    {
        var named = EngineErrorText.Parse(errors).Target;
        return (baked.Find(entry => entry.Target == named) ?? baked[0], named is not null);
    }
}
