using System.Globalization;
using BuildKit.Tasks.Benchmarks;

// Usage: dotnet run -c Release [-- ROUNDS [cold-line | cold-rows | services [COUNT] | compare PACKAGE]]. Prints the table of one image, its
// last line alone, the one about image steps on a cold engine, the one about a solution of COUNT services (8 by default), or this package
// beside another version of it, whose file PACKAGE is. Nothing else should run on the machine.
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
await using var lab = await Lab.StartAsync();
if (args.ElementAtOrDefault(1) == "services")
{
    await new ServicesTable(lab, rounds, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 8).PrintAsync();
    return;
}

if (args is [_, "compare", var package])
{
    await new Comparison(lab, lab with { Feed = lab.Feed.With(package) }, rounds).PrintAsync();
    return;
}

if (args is [_, "cold-line"])
{
    Console.WriteLine(await new ColdLine(lab).RunAsync(rounds));
    return;
}

if (args is [_, "cold-rows"])
{
    await new ColdRows(lab).PrintAsync(rounds);
    return;
}

string[] publish = ["publish", "Shop.Api", "--nologo"];
var plain = new ShopCopy("plain", lab, "dotnet", [.. publish, "-p:BuildKitEnabled=false"]);
var ours = new ShopCopy("buildkit", lab, "dotnet", publish);
var sdk = new ShopCopy("sdk", lab, "dotnet", [.. publish, "-t:PublishContainer"]);
var template = new ShopCopy("template", lab, lab.Engine.ProgramOf("docker"), Template.Arguments(lab.Registry.Address));
await plain.PrepareAsync(referencesPackage: true);
await ours.PrepareAsync(referencesPackage: true);
await sdk.PrepareAsync(referencesPackage: false);
await template.PrepareAsync(referencesPackage: false);
await File.WriteAllTextAsync(Path.Combine(template.Folder, "Shop.Api", "Dockerfile"), Template.Dockerfile);
await File.WriteAllTextAsync(Path.Combine(template.Folder, ".dockerignore"), Template.IgnoreFile);

ShopCopy[] ways = [plain, ours, sdk, template];
var pushed = new PushedBytes(lab.Registry.Images);
foreach (var way in ways)
{
    await way.RunAsync();
    await way.EditAsync();
    await way.RunAsync();
}

Console.WriteLine($"{rounds} rounds\n");
Console.WriteLine("| | plain `dotnet publish` | BuildKit.Tasks | PublishContainer | template's Dockerfile |");
Console.WriteLine("|---|---|---|---|---|");
var unchanged = new Rounds();
await unchanged.RunAsync(rounds, [.. ways.Select(way => (way.Name, (Func<Task>)(() => Task.CompletedTask), (Func<Task>)(() => way.RunAsync())))]);
PrintRow("nothing changed", unchanged);

foreach (var way in ways.Where(way => way != plain))
{
    await pushed.CountAsync(way.Repository);
}

await PrintEditedAsync("one line changed, pushed");
var bytes = new List<string>();
foreach (var way in ways.Where(way => way != plain))
{
    await pushed.CountAsync(way.Repository);
    await way.EditAsync();
    await way.RunAsync();
    bytes.Add((await pushed.CountAsync(way.Repository)).ToString("N0", CultureInfo.InvariantCulture));
}

lab.BuildServers = true;
await plain.EditAsync();
await plain.RunAsync();
await PrintEditedAsync("the same, with build servers, as at a desk");
lab.BuildServers = false;

Console.WriteLine($"| bytes pushed for it | | {string.Join(" | ", bytes)} |");

// The image step on a cold engine: the arguments of the copy's last build, on an engine that has nothing.
var arguments = await ours.BuildxArgumentsAsync();
var cold = new ColdEngine(lab, ours);
var ratios = new List<double>();
await cold.ByHandAsync();
for (var round = 0; round < rounds; round++)
{
    ratios.Add(await ColdEngine.OursAsync(arguments) / await cold.ByHandAsync());
}

ratios.Sort();
Console.WriteLine(
    $"\nThe image step on a cold engine: {ratios[ratios.Count / 2].ToString("0.00", CultureInfo.InvariantCulture)} x the same step with WORKDIR "
        + "and without cache.");

Console.WriteLine("\n" + await new ColdLine(lab).RunAsync(rounds));

async Task PrintEditedAsync(string name)
{
    var edited = new Rounds();
    await edited.RunAsync(rounds, [.. ways.Select(way => (way.Name, (Func<Task>)way.EditAsync, (Func<Task>)(() => way.RunAsync())))]);
    PrintRow(name, edited);
}

void PrintRow(string name, Rounds measured) => Console.WriteLine(
    $"| {name} | 1 ({measured.Seconds("plain")}) | {measured.Ratio("buildkit", "plain")} | {measured.Ratio("sdk", "plain")} | {measured.Ratio("template", "plain")} |");
