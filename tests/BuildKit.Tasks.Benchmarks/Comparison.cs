using System.Globalization;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>This package beside another version of it, so that a change to the product shows what it costs.</summary>
/// <param name="now">Engine, registry and this package.</param>
/// <param name="other">The same engine and registry, and the other package.</param>
/// <param name="rounds">How many rounds.</param>
public sealed class Comparison(Lab now, Lab other, int rounds)
{
    private const int Services = 8;

    /// <summary>Measures, and prints the rows: medians as ratios to plain publish, and of this package to the other.</summary>
    public async Task PrintAsync()
    {
        Console.WriteLine($"{rounds} rounds\n");
        Console.WriteLine("| | plain `dotnet publish` | this package | the other | this to the other (lowest to highest) |");
        Console.WriteLine("|---|---|---|---|---|");
        string[] publish = ["publish", "Shop.Api", "--nologo"];
        ShopCopy[] copies =
        [
            new("plain", now, "dotnet", [.. publish, "-p:BuildKitEnabled=false"]), new("now", now, "dotnet", publish),
            new("other", other, "dotnet", publish),
        ];
        foreach (var copy in copies)
        {
            await copy.PrepareAsync(referencesPackage: true);
            await copy.RunAsync();
            await copy.EditAsync();
            await copy.RunAsync();
        }

        await RowAsync("nothing changed", copies, copy => copy.Name, _ => Task.CompletedTask, copy => copy.RunAsync());
        await RowAsync("one line changed, pushed", copies, copy => copy.Name, copy => copy.EditAsync(), copy => copy.RunAsync());

        ServicesCopy[] solutions =
        [
            new("plain", now, Services, true, ["publish", "All.slnx", "--nologo", "-p:BuildKitEnabled=false"]),
            new("now", now, Services, true, ["publish", "images.proj", "--nologo"]),
            new("other", other, Services, true, ["publish", "images.proj", "--nologo"]),
        ];
        foreach (var solution in solutions)
        {
            solution.Write();
            await solution.RunAsync();
            await solution.EditServiceAsync();
            await solution.RunAsync();
        }

        await RowAsync($"{Services} services, nothing changed", solutions, copy => copy.Name, _ => Task.CompletedTask, copy => copy.RunAsync());
        await RowAsync($"{Services} services, one line in one", solutions, copy => copy.Name, copy => copy.EditServiceAsync(),
            copy => copy.RunAsync());
    }

    private async Task RowAsync<T>(string row, T[] ways, Func<T, string> name, Func<T, Task> before, Func<T, Task> run)
    {
        var measured = new Rounds();
        await measured.RunAsync(rounds, [.. ways.Select(way => (name(way), (Func<Task>)(() => before(way)), (Func<Task>)(() => run(way))))]);
        var (lowest, highest) = measured.Spread("now", "other");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {row} | 1 ({measured.Seconds("plain")}) | {measured.Ratio("now", "plain")} | {measured.Ratio("other", "plain")} "
            + $"| {measured.Ratio("now", "other")} ({lowest:0.00} to {highest:0.00}) |"));
    }
}
