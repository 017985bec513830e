using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>
/// One line changed, on a machine that has nothing, as a CI runner: what the caches in the registry are worth. The
/// template's Dockerfile with cache options written by hand is the measure; against it the same Dockerfile through
/// BuildKit.Tasks, which chooses the caches, and the project without a Dockerfile.
/// </summary>
/// <param name="lab">Registry and package.</param>
public sealed class ColdLine(Lab lab)
{
    private const string ByHand = "cold-by-hand";
    private const string SameDockerfile = "cold-dockerfile";
    private const string Published = "cold-published";

    /// <summary>Measures, and gives the line of the table.</summary>
    /// <param name="rounds">How many times.</param>
    public async Task<string> RunAsync(int rounds)
    {
        var cache = $"type=registry,ref={lab.Registry.Address}/bench-{ByHand}:buildcache";
        string[] byHand =
        [
            .. Template.Arguments(lab.Registry.Address)[..^1]
                .Select(argument => argument.Replace("bench-template", "bench-" + ByHand, StringComparison.Ordinal)),
            "--cache-from", cache, "--cache-to", cache + ",mode=max", ".",
        ];
        ShopCopy[] ways =
        [
            new(ByHand, lab, lab.Engine.ProgramOf("docker"), byHand),
            new(SameDockerfile, lab, "dotnet", "build", "image.proj", "--nologo"),
            new(Published, lab, "dotnet", "publish", "Shop.Api", "--nologo"),
        ];
        foreach (var way in ways)
        {
            await way.PrepareAsync(referencesPackage: way.Name == Published);
            if (way.Name != Published)
            {
                await WriteDockerfileAsync(way.Folder);
            }

            // Writes the first caches.
            await way.RunAsync();
        }

        var measured = new Rounds();
        EngineFixture? engine = null;
        try
        {
            await measured.RunAsync(rounds, [.. ways.Select(way => (way.Name, (Func<Task>)(async () =>
            {
                await way.EditAsync();
                await StopAsync();
                engine = await EngineFixture.StartAsync("cold-line");
            }), (Func<Task>)(() => way.RunAsync(engine))))]);
        }
        finally
        {
            await StopAsync();
        }

        return $"One line changed on a cold engine: the template's Dockerfile with --cache-from and --cache-to by hand 1 ({measured.Seconds(ByHand)}), "
            + $"the same Dockerfile with BuildKit.Tasks {measured.Ratio(SameDockerfile, ByHand)}, published "
            + $"files {measured.Ratio(Published, ByHand)}.";

        async Task StopAsync()
        {
            if (engine is not null)
            {
                await engine.DisposeAsync();
                engine = null;
            }
        }
    }

    // The project beside the Dockerfile stays as it is: inside the build there is no feed with the package.
    private async Task WriteDockerfileAsync(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Shop.Api", "Dockerfile"), Template.Dockerfile);
        await File.WriteAllTextAsync(Path.Combine(folder, ".dockerignore"), Template.IgnoreFile);
        var bases = string.Concat(new[] { "sdk", "aspnet" }.Select(name =>
            $"<BuildKitNamedContext Include=\"mcr.microsoft.com/dotnet/{name}:10.0\" Source=\"docker-image://{lab.Registry.Address}/dotnet/{name}:10.0\" />"));
        await File.WriteAllTextAsync(Path.Combine(folder, "image.proj"), $"""
            <Project Sdk="BuildKit.Tasks/{lab.Feed.Version}">
              <PropertyGroup>
                <BuildKitDockerfile>Shop.Api/Dockerfile</BuildKitDockerfile>
                <BuildKitContext>.</BuildKitContext>
              </PropertyGroup>
              <ItemGroup>{bases}</ItemGroup>
            </Project>
            """);
    }
}
