using BuildKit.Core.Registries;

namespace BuildKit.Core.Bakes;

/// <summary>
/// How the images of a bake ended as far as it is known: each finds its own in its files, and what failed keeps from being baked
/// what builds on it.
/// </summary>
/// <param name="failedBefore">References of images that failed in an earlier bake of the same build.</param>
internal sealed class BakeOutcomes(IReadOnlyList<string> failedBefore)
{
    private readonly List<string> failed = [.. failedBefore];

    /// <summary>Whether an image is not there, of this bake or an earlier one.</summary>
    public bool AnyFailed => failed.Count > 0;

    /// <summary>References of the images of this bake that are not there.</summary>
    public IReadOnlyList<string> Missing => [.. failed.Except(failedBefore)];

    /// <summary>An image is there.</summary>
    public static void Succeed(BakeEntry entry, IEnumerable<string> progress) => new BakeOutcome(0, [], "", true).Write(entry, progress);

    /// <summary>The registry would not take an image, so it is not baked.</summary>
    public void Refuse(BakeEntry entry, PushRefusal refusal) =>
        Write(entry, new BakeOutcome(1, [], "", Started: false) { Refusal = refusal }, []);

    /// <summary>An image failed.</summary>
    public void Fail(BakeEntry entry, IReadOnlyList<string> errors, IEnumerable<string> progress) =>
        Write(entry, new BakeOutcome(1, errors, "", true), progress);

    /// <summary>Images are not baked because another one failed.</summary>
    public void GiveUp(IEnumerable<BakeEntry> entries)
    {
        foreach (var entry in entries)
        {
            Write(entry, new BakeOutcome(1, [], "", Started: false), []);
        }
    }

    /// <summary>The images that can be baked: what builds on one that failed cannot.</summary>
    public List<BakeEntry> WithoutBlocked(IEnumerable<BakeEntry> entries)
    {
        var remaining = entries.ToList();
        while (remaining.Find(entry => BlockerOf(entry) is not null) is { } blocked)
        {
            Write(blocked, new BakeOutcome(1, [], BlockerOf(blocked)!, Started: false), []);
            remaining.Remove(blocked);
        }

        return remaining;
    }

    private string? BlockerOf(BakeEntry entry) => entry.Image.Bases.FirstOrDefault(used => failed.Contains(used.Reference))?.Reference;

    private void Write(BakeEntry entry, BakeOutcome outcome, IEnumerable<string> progress)
    {
        outcome.Write(entry, progress);
        failed.AddRange(entry.Image.References);
    }
}
