using System.Diagnostics;
using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>The image step alone on an engine that has nothing: ours, and the same step as one would write it by hand.</summary>
/// <param name="lab">Registry and package.</param>
/// <param name="shop">A published copy whose image is in the registry.</param>
public sealed class ColdEngine(Lab lab, ShopCopy shop)
{
    /// <summary>Time of the generated Dockerfile with our arguments, as buildx was called in the copy's last build.</summary>
    public static Task<double> OursAsync(IReadOnlyList<string> buildxArguments) => MeasureAsync(buildxArguments);

    /// <summary>Time of the step with WORKDIR and without cache.</summary>
    public async Task<double> ByHandAsync()
    {
        var dockerfile = Path.Combine(TestRun.Folder, "by-hand.Dockerfile");
        await File.WriteAllTextAsync(dockerfile, $"""
            FROM {lab.Registry.Address}/dotnet/aspnet:10.0
            WORKDIR /app
            COPY . .
            ENTRYPOINT ["dotnet", "Shop.Api.dll"]
            """);
        return await MeasureAsync(
        [
            "buildx", "build", "--provenance=false", "--file", dockerfile, "--tag", $"{lab.Registry.Address}/{shop.Repository}:by-hand", "--push",
            Path.Combine(shop.Folder, "Shop.Api", "bin", "Release", "net10.0", "publish"),
        ]);
    }

    private static async Task<double> MeasureAsync(IReadOnlyList<string> arguments)
    {
        await using var engine = await EngineFixture.StartAsync("cold");
        var clock = Stopwatch.StartNew();
        (await engine.DockerAsync([.. arguments])).Succeeded();
        return clock.Elapsed.TotalSeconds;
    }
}
