using System.Globalization;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Bakes;

/// <summary>One run of a bake: what its projects made ready, read from their files.</summary>
public sealed class BakeWave
{
    private readonly int number;

    private BakeWave(IReadOnlyList<BakeTurn> turns, IEnumerable<BakeEntry> prepared)
    {
        number = turns.Select(turn => turn.Wave).FirstOrDefault();
        ByHand = turns.Any(turn => turn.ByHand);
        Entries = BakeEntry.WithTargets(prepared);
        Missing =
        [
            .. turns.SelectMany(turn => turn.Images).SelectMany(image => image.References)
                .Except(Entries.SelectMany(entry => entry.Image.References)),
        ];
    }

    /// <summary>The images, with the names of their targets.</summary>
    public IReadOnlyList<BakeEntry> Entries { get; }

    /// <summary>
    /// References of images that were to be built and could not be made ready. Their own projects report why; what builds on
    /// them must not be built on what an earlier build left.
    /// </summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the bake is only written, for somebody else to run.</summary>
    public bool ByHand { get; }

    /// <summary>Name of its definition.</summary>
    public string FileName => number == 0 ? "bake.json" : string.Create(CultureInfo.InvariantCulture, $"bake-{number}.json");

    /// <summary>Reads the files of the projects.</summary>
    /// <exception cref="DiagnosticException">BK6209.</exception>
    public static BakeWave Read(IEnumerable<BakeProjectFiles> projects)
    {
        var all = projects.ToList();
        return new BakeWave(
            [.. all.Select(files => BakeTurn.Read(files.Turn))],
            all.Where(files => File.Exists(files.Prepared)).SelectMany(files => PreparedImages.Read(files.Prepared)));
    }
}
