using System.Diagnostics;
using System.Globalization;
using BuildKit.Core.Progress;
using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>One way to write the image step of published files down for buildx, and what it costs on an engine that has nothing.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Repository">Repository of its image and cache: its own, so that it finds nobody else's layers.</param>
public sealed record ColdStep(string Name, string Repository)
{
    /// <summary>Whether the Dockerfile has a WORKDIR, which makes a directory in the base image.</summary>
    public bool WorkDir { get; init; }

    /// <summary>Whether files get the time of SOURCE_DATE_EPOCH.</summary>
    public bool Rewrites { get; init; }

    /// <summary>What is written by the build before and read on the cold engine: <c>min</c>, <c>max</c>, <c>inline</c>, or empty for no
    /// cache.</summary>
    public string Cache { get; init; } = "";

    /// <summary>Builds and pushes.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="parts">What all steps share.</param>
    /// <param name="writesCache">Whether the cache is written instead of read.</param>
    public async Task<StepCost> RunAsync(EngineFixture engine, StepParts parts, bool writesCache)
    {
        var image = $"{parts.Registry}/{Repository}";
        var dockerfile = Path.Combine(TestRun.Folder, Repository + ".Dockerfile");
        await File.WriteAllTextAsync(dockerfile, WorkDir ? AfterFrom(parts.Dockerfile, "WORKDIR /app") : parts.Dockerfile);
        List<string> arguments =
        [
            "buildx", "build", "--progress=rawjson", "--provenance=false", "--file", dockerfile, "--tag", image + ":latest",
            "--output", Rewrites ? parts.Output + ",rewrite-timestamp=true" : parts.Output,
        ];
        if (Cache.Length > 0)
        {
            var cache = $"type=registry,ref={image}:" + (Cache == "inline" ? "latest" : "buildcache");
            arguments.AddRange(!writesCache ? ["--cache-from", cache]
                : ["--cache-to", Cache == "inline" ? "type=inline" : $"{cache},mode={Cache},image-manifest=true,oci-mediatypes=true"]);
        }

        arguments.Add(parts.Context);
        var environment = new Dictionary<string, string>(engine.Environment);
        if (Rewrites)
        {
            environment["SOURCE_DATE_EPOCH"] = "1700000000";
        }

        var before = await DiskAsync(engine);
        var clock = Stopwatch.StartNew();
        var result = await Command.RunAsync(engine.ProgramOf("docker"), arguments, "", environment);
        var seconds = clock.Elapsed.TotalSeconds;
        result.Succeeded();
        var graph = new BuildGraph();
        result.Output.Split('\n').Select(ProgressReader.TryRead).OfType<ProgressUpdate>().ToList().ForEach(graph.Apply);
        return new StepCost(seconds, graph.ContextBytes, await DiskAsync(engine) - before);
    }

    /// <summary>Bytes on the disk of an engine.</summary>
    public static async Task<long> DiskAsync(EngineFixture engine) => 1024 * long.Parse(
        (await Command.RunAsync("du", ["-sk", engine.DataFolder])).Succeeded().Split('\t')[0], CultureInfo.InvariantCulture);

    private static string AfterFrom(string dockerfile, string line) =>
        string.Join('\n',
            dockerfile.Split('\n').SelectMany(text => text.StartsWith("FROM ", StringComparison.Ordinal) ? new[] { text, line } : [text]));
}

/// <summary>What all image steps share.</summary>
/// <param name="Registry">Host and port.</param>
/// <param name="Dockerfile">Text of the Dockerfile that BuildKit.Tasks made.</param>
/// <param name="Output">The output that it asked for, with the image's configuration.</param>
/// <param name="Context">A copy of the context that it staged.</param>
public sealed record StepParts(string Registry, string Dockerfile, string Output, string Context);

/// <summary>What an image step cost.</summary>
/// <param name="Seconds">Time.</param>
/// <param name="Sent">Bytes sent to the engine; negative without one.</param>
/// <param name="Disk">Bytes that the engine has more; negative without one.</param>
public sealed record StepCost(double Seconds, long Sent, long Disk)
{
    /// <summary>Bytes that the registry has more.</summary>
    public long Pushed { get; init; }
}
