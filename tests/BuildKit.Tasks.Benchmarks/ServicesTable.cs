using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>The rows about a solution of services: one bake against the SDK, builds one after the other, and the publish alone.</summary>
/// <param name="lab">Engine, registry and package.</param>
/// <param name="rounds">How many rounds.</param>
/// <param name="count">How many services.</param>
public sealed class ServicesTable(Lab lab, int rounds, int count)
{
    // More take too long one after the other and when all is compiled again, and say nothing new.
    private const int MostOfAll = 8;

    private readonly ServicesCopy plain = new("plain", lab, count, true, ["publish", "All.slnx", "--nologo", "-p:BuildKitEnabled=false"]);
    private readonly ServicesCopy bake = new("bake", lab, count, true, ["publish", "images.proj", "--nologo"]);
    private readonly ServicesCopy sequence = new("sequence", lab, count, true,
        [.. ServicesCopy.Services(count).Select(service => new[] { "publish", service, "--nologo" })]);
    private readonly ServicesCopy sdk = new("sdk", lab, count, false, ["publish", "All.slnx", "--nologo"]);

    private EngineFixture? cold;

    private ServicesCopy[] Ways => count > MostOfAll ? [plain, bake, sdk] : [plain, bake, sequence, sdk];

    /// <summary>Measures, and prints the rows.</summary>
    public async Task PrintAsync()
    {
        foreach (var way in Ways)
        {
            way.Write();
            await way.RunAsync();
            await way.EditServiceAsync();
            await way.RunAsync();
        }

        Console.WriteLine($"{count} services over 3 libraries, {rounds} rounds\n");
        Console.WriteLine("| | plain `dotnet publish` of the solution | one bake | one after the other | PublishContainer |");
        Console.WriteLine("|---|---|---|---|---|");
        await RowAsync("nothing changed", _ => Task.CompletedTask);
        await RowAsync("one line in one service", way => way.EditServiceAsync());
        if (count > MostOfAll)
        {
            return;
        }

        await RowAsync("one line in a shared library", way => way.EditLibraryAsync());
        lab.BuildServers = true;
        await plain.RunAsync();
        await RowAsync("one line in a shared library, with build servers, as at a desk", way => way.EditLibraryAsync());
        lab.BuildServers = false;
        try
        {
            await RowAsync("one line in a shared library, on an engine that has nothing", async way =>
            {
                await way.EditLibraryAsync();
                await StopAsync();
                cold = await EngineFixture.StartAsync("cold-services");
            });
        }
        finally
        {
            await StopAsync();
        }
    }

    private async Task RowAsync(string row, Func<ServicesCopy, Task> before)
    {
        var measured = new Rounds();
        await measured.RunAsync(rounds, [.. Ways.Select(way => (way.Name, (Func<Task>)(() => before(way)), (Func<Task>)(() => way.RunAsync(cold))))]);
        string Ratio(ServicesCopy way) => Ways.Contains(way) ? measured.Ratio(way.Name, plain.Name) : "";
        Console.WriteLine($"| {row} | 1 ({measured.Seconds(plain.Name)}) | {Ratio(bake)} | {Ratio(sequence)} | {Ratio(sdk)} |");
    }

    private async Task StopAsync()
    {
        if (cold is not null)
        {
            await cold.DisposeAsync();
            cold = null;
        }
    }
}
