namespace BuildKit.Tasks.Benchmarks;

/// <summary>The rows about a solution of services: one bake against the SDK, builds one after the other, and the publish alone.</summary>
public static class ServicesTable
{
    /// <summary>Measures, and prints the rows.</summary>
    /// <param name="lab">Engine, registry and package.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="count">How many services.</param>
    public static async Task PrintAsync(Lab lab, int rounds, int count)
    {
        var plain = new ServicesCopy("plain", lab, count, true, ["publish", "All.slnx", "--nologo", "-p:BuildKitEnabled=false"]);
        var bake = new ServicesCopy("bake", lab, count, true, ["publish", "images.proj", "--nologo"]);
        var sequence = new ServicesCopy("sequence", lab, count, true, [.. ServicesCopy.Services(count).Select(service => new[] { "publish", service, "--nologo" })]);
        var sdk = new ServicesCopy("sdk", lab, count, false, ["publish", "All.slnx", "--nologo"]);
        ServicesCopy[] ways = [plain, bake, sequence, sdk];
        foreach (var way in ways)
        {
            way.Write();
            await way.RunAsync();
            await way.EditLibraryAsync();
            await way.RunAsync();
        }

        Console.WriteLine($"{count} services over 3 libraries, {rounds} rounds\n");
        Console.WriteLine("| | plain `dotnet publish` of the solution | one bake | one after the other | PublishContainer |");
        Console.WriteLine("|---|---|---|---|---|");
        await RowAsync("nothing changed", _ => Task.CompletedTask);
        await RowAsync("one line in a shared library", way => way.EditLibraryAsync());
        await RowAsync("one line in one service", way => way.EditServiceAsync());

        async Task RowAsync(string row, Func<ServicesCopy, Task> before)
        {
            var measured = new Rounds();
            await measured.RunAsync(rounds, [.. ways.Select(way => (way.Name, (Func<Task>)(() => before(way)), (Func<Task>)way.RunAsync))]);
            Console.WriteLine($"| {row} | 1 ({measured.Seconds("plain")}) | {measured.Ratio("bake", "plain")} | {measured.Ratio("sequence", "plain")} | {measured.Ratio("sdk", "plain")} |");
        }
    }
}
