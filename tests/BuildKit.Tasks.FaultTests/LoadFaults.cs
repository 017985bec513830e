using System.Diagnostics;
using System.Globalization;

namespace BuildKit.Tasks.FaultTests;

/// <summary>
/// Much at once: each is measured beside plain buildx in the same run, and the table goes to the test's output. Limits are wide, since
/// other tests run meanwhile; they find what grows without end.
/// </summary>
[Category("Long")]
[CancelAfter(900_000)]
public sealed class LoadFaults : Story
{
    private const long Megabyte = 1 << 20;

    [Test]
    public async Task A_file_of_a_gigabyte_in_the_context_costs_no_memory()
    {
        WriteDockerfile($"FROM scratch\nCOPY big /{Repository}\n", "<BuildKitCacheType>None</BuildKitCacheType>");
        await using (var big = File.Create(Project.PathOf("big")))
        {
            // Sparse: of a disk, nothing is taken.
            big.SetLength(1L << 30);
        }

        await CompareAsync("1 GB in the context", 600 * Megabyte);
    }

    [Test]
    public async Task Fifty_thousand_files_in_the_context_cost_little_more_than_with_buildx()
    {
        WriteDockerfile($"FROM scratch\nCOPY files /{Repository}\n", "<BuildKitCacheType>None</BuildKitCacheType>");
        for (var folder = 0; folder < 50; folder++)
        {
            var path = Directory.CreateDirectory(Project.PathOf($"files/{folder}")).FullName;
            for (var file = 0; file < 1000; file++)
            {
                await File.WriteAllTextAsync(Path.Combine(path, file.ToString(CultureInfo.InvariantCulture)), "x");
            }
        }

        await CompareAsync("50,000 files", 800 * Megabyte);
    }

    [Test]
    public async Task Eight_publishes_of_one_project_at_once_all_end()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n");
        (await Project.DotnetAsync(["restore"])).Succeeded();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Project.DotnetAsync(["publish", "--no-restore"])));
        foreach (var result in results)
        {
            result.Succeeded();
        }

        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
        Assert.That(Directory.GetFiles(Project.PathOf("obj"), "*.partial", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task Eight_projects_at_once_all_end()
    {
        var names = Enumerable.Range(0, 8).Select(number => string.Create(CultureInfo.InvariantCulture, $"p{number}")).ToList();
        foreach (var name in names)
        {
            Project.Write($"{name}/image.proj", WithoutCode($"<ContainerRepository>{Repository}-{name}</ContainerRepository>"));
            Project.Write($"{name}/Dockerfile", $"FROM {BaseImages.Debian}\nRUN : {Repository} {name}\n");
        }

        var results = await Task.WhenAll(names.Select(name => Project.DotnetAsync(["publish", $"{name}/image.proj"])));
        foreach (var result in results)
        {
            result.Succeeded();
        }

        foreach (var name in names)
        {
            Assert.That(await Images.FindAsync($"{Repository}-{name}"), Is.Not.Null);
        }
    }

    // Buildx first, with an image that is pushed too; no step is cached for either. The builder then has the context, which makes ours
    // quicker: what is compared is what we add. The memory of dotnet is without the buildx that it starts.
    private async Task CompareAsync(string what, long mostMemory)
    {
        (await Project.DotnetAsync(["restore"])).Succeeded();
        // Docker's command line would only wait for it.
        var buildx = Path.Combine(Machine.Engine.Environment["DOCKER_CONFIG"], "cli-plugins", "docker-buildx");
        var plain = await MeasureAsync(
            buildx, "build", "--no-cache", "--provenance=false", "--output", $"type=image,name={Image}:plain,push=true", ".");
        var ours = await MeasureAsync("dotnet", "publish", "--no-restore", "-nodeReuse:false", "-m:1", "-p:BuildKitNoCache=true");
        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: buildx {plain.Seconds:0.0} s, {plain.Peak / Megabyte} MB; dotnet {ours.Seconds:0.0} s, {ours.Peak / Megabyte} MB"));
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
        Assert.That(ours.Peak, Is.LessThan(mostMemory));
        // The start of MSBuild and of the tasks, on a busy machine.
        Assert.That(ours.Seconds, Is.LessThan((3 * plain.Seconds) + 60));
    }

    // The most memory of the program itself, as the kernel counts it; it is read until the program ends.
    private async Task<(double Seconds, long Peak)> MeasureAsync(string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Command.Start(program, arguments, Project.Folder, Project.EnvironmentWith(null));
        var peak = 0L;
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(ended, Task.Delay(50));
        }

        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}");
        return (clock.Elapsed.TotalSeconds, peak);
    }

    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1],
                CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
