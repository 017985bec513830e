using System.Globalization;
using System.Text.Json;
using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>
/// The image step of published files on an engine that has nothing, one file changed, pushed to a repository that has
/// the last image: what WORKDIR, caches and rewritten times cost, against the task of the SDK's PublishContainer.
/// </summary>
/// <param name="lab">Registry and package.</param>
public sealed class ColdRows(Lab lab)
{
    private const string Sdk = "PublishContainer";
    private const string Ours = "BuildKit.Tasks, as it is";

    // The whole pipeline of ours, with what it looks up before and after the build.
    private static readonly string[] Tasks = ["PlanBuilds", "EnsureBuildKit", "ResolveCacheRefs", "DockerBuildxBuild"];

    private static readonly ColdStep[] Steps =
    [
        new("with WORKDIR, no cache", "cold-workdir") { WorkDir = true },
        new("with WORKDIR, cache import (registry, min)", "cold-workdir-cache") { WorkDir = true, Cache = "min" },
        new("without WORKDIR, no cache", "cold-plain"),
        new("without WORKDIR, cache import (registry, min)", "cold-min") { Cache = "min" },
        new("without WORKDIR, cache import (inline)", "cold-inline") { Cache = "inline" },
        new("without WORKDIR, cache import (registry, max)", "cold-max") { Cache = "max" },
        new("the same as min, with rewrite-timestamp", "cold-rewrite") { Cache = "min", Rewrites = true },
    ];

    private readonly string binlog = Path.Combine(TestRun.Folder, "cold-rows.binlog");
    private readonly PushedBytes pushed = new(lab.Registry.Images);
    private int changes;

    /// <summary>Measures, and prints the table.</summary>
    /// <param name="rounds">How many times.</param>
    public async Task PrintAsync(int rounds)
    {
        string[] publish = ["publish", "Shop.Api", "--nologo", $"-bl:{binlog}"];
        var sdk = new ShopCopy("cold-rows-sdk", lab, "dotnet", [.. publish, "-t:PublishContainer"]);
        var ours = new ShopCopy("cold-rows-buildkit", lab, "dotnet", [.. publish, "-getItem:BuildKitImage"]);
        await sdk.PrepareAsync(referencesPackage: false);
        await ours.PrepareAsync(referencesPackage: true);
        await sdk.RunAsync();
        await ours.RunAsync();
        var parts = await PartsAsync(ours);
        foreach (var step in Steps)
        {
            await step.RunAsync(lab.Engine, parts, writesCache: true);
        }

        foreach (var repository in Steps.Select(step => step.Repository).Concat([sdk.Repository, ours.Repository]))
        {
            await pushed.CountAsync(repository);
        }

        (string Name, Func<Task<StepCost>> Run)[] ways =
        [
            (Sdk, () => SdkAsync(sdk)),
            (Ours, () => OursAsync(ours)),
            .. Steps.Select(step => (step.Name, (Func<Task<StepCost>>)(() => StepAsync(step, parts)))),
        ];
        var times = new Rounds();
        var costs = ways.ToDictionary(way => way.Name, _ => new List<StepCost>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, run) in ways)
            {
                var cost = await run();
                times.Add(name, cost.Seconds);
                costs[name].Add(cost);
            }
        }

        Console.WriteLine(
            $"Cold engine, one file changed, pushed; {rounds} rounds. Seconds of the image step; PublishContainer's is its task CreateNewImage,");
        Console.WriteLine(
            "\"as it is\" all tasks of BuildKit.Tasks in a publish, and the rest is docker buildx build with the files that it staged.\n");
        Console.WriteLine("| | seconds | x PublishContainer | MB sent to the engine | MB pushed | MB on the engine's disk |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (name, _) in ways)
        {
            Console.WriteLine(
                $"| {name} | {times.Seconds(name)} | {times.Ratio(name, Sdk)} | {Middle(costs[name], cost => cost.Sent)} | {Middle(costs[name], cost => cost.Pushed)} | {Middle(costs[name], cost => cost.Disk)} |");
        }
    }

    private static string Middle(List<StepCost> costs, Func<StepCost, long> part)
    {
        var bytes = costs.Select(part).Order().ElementAt(costs.Count / 2);
        return bytes < 0 ? "" : (bytes / 1e6).ToString("0.00", CultureInfo.InvariantCulture);
    }

    // What BuildKit.Tasks made for its last build. The context is copied: its files are links to the published ones.
    private static async Task<StepParts> PartsAsync(ShopCopy ours)
    {
        var arguments = await ours.BuildxArgumentsAsync();
        var context = Path.Combine(TestRun.Folder, "cold-rows-context");
        (await Command.RunAsync("cp", ["-a", arguments[^1], context])).Succeeded();
        return new StepParts(
            ours.Registry, await File.ReadAllTextAsync(arguments[arguments.IndexOf("--file") + 1]), arguments[arguments.IndexOf("--output") + 1],
            context);
    }

    private async Task<StepCost> StepAsync(ColdStep step, StepParts parts)
    {
        // Another program of the same size, as one changed line makes it.
        var program = Directory.GetFiles(parts.Context, "Shop.Api.dll", SearchOption.AllDirectories).Single();
        using (var file = File.OpenWrite(program))
        {
            file.Seek(-sizeof(int), SeekOrigin.End);
            file.Write(BitConverter.GetBytes(++changes));
        }

        await using var engine = await EngineFixture.StartAsync("cold-rows");
        var cost = await step.RunAsync(engine, parts, writesCache: false);
        return cost with { Pushed = await pushed.CountAsync(step.Repository) };
    }

    private async Task<StepCost> OursAsync(ShopCopy ours)
    {
        await ours.EditAsync();
        await using var engine = await EngineFixture.StartAsync("cold-rows");
        var before = await ColdStep.DiskAsync(engine);
        var image = JsonDocument.Parse((await ours.RunAsync(engine)).Output).RootElement.GetProperty("Items").GetProperty("BuildKitImage")[0];
        var log = new Binlog(binlog);
        return new StepCost(
            Tasks.Sum(task => log.TimeOf(task).TotalSeconds),
            long.Parse(image.GetProperty("ContextBytes").GetString()!, CultureInfo.InvariantCulture),
            await ColdStep.DiskAsync(engine) - before)
        {
            Pushed = await pushed.CountAsync(ours.Repository),
        };
    }

    // It keeps layers in the folder for temporary files, and a fresh machine has none.
    private async Task<StepCost> SdkAsync(ShopCopy sdk)
    {
        await sdk.EditAsync();
        var temporary = Directory.CreateTempSubdirectory("bk-");
        try
        {
            await sdk.RunAsync(variables: new Dictionary<string, string> { ["TMPDIR"] = temporary.FullName });
        }
        finally
        {
            temporary.Delete(recursive: true);
        }

        return new StepCost(new Binlog(binlog).TimeOf("CreateNewImage").TotalSeconds, -1, -1) { Pushed = await pushed.CountAsync(sdk.Repository) };
    }
}
