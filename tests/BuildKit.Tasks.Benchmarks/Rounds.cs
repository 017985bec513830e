using System.Diagnostics;
using System.Globalization;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>
/// Runs all ways in turn, round after round, and compares within a round: the speed of a machine drifts, a ratio of two
/// neighbours does not.
/// </summary>
public sealed class Rounds
{
    private readonly Dictionary<string, List<double>> seconds = [];

    /// <summary>Runs the rounds.</summary>
    /// <param name="count">How many.</param>
    /// <param name="ways">Name, what comes before the clock starts, and what is measured.</param>
    public async Task RunAsync(int count, params (string Name, Func<Task> Before, Func<Task> Measured)[] ways)
    {
        for (var round = 0; round < count; round++)
        {
            // Each is first in turn: what follows the template's build finds a busy machine.
            for (var i = 0; i < ways.Length; i++)
            {
                var (name, before, measured) = ways[(round + i) % ways.Length];
                await before();
                var clock = Stopwatch.StartNew();
                await measured();
                Add(name, clock.Elapsed.TotalSeconds);
            }
        }
    }

    /// <summary>Adds what was measured in the round of a way.</summary>
    public void Add(string name, double elapsed)
    {
        if (!seconds.TryGetValue(name, out var times))
        {
            seconds[name] = times = [];
        }

        times.Add(elapsed);
    }

    /// <summary>Median of the ratios of two ways, round by round.</summary>
    public string Ratio(string name, string of)
    {
        var ratios = seconds[name].Zip(seconds[of], (a, b) => a / b).Order().ToList();
        return Median(ratios).ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>Lowest and highest ratio of two ways in a round.</summary>
    public (double Lowest, double Highest) Spread(string name, string of)
    {
        var ratios = seconds[name].Zip(seconds[of], (a, b) => a / b).ToList();
        return (ratios.Min(), ratios.Max());
    }

    /// <summary>Median of the seconds of a way, for orientation.</summary>
    public string Seconds(string name) => Median([.. seconds[name].Order()]).ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private static double Median(List<double> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
}
