namespace BuildKit.Testing;

/// <summary>A package feed with the package under test, packed once per run under a version that no cache can know.</summary>
public sealed class LocalFeed
{
    private LocalFeed(string folder, string version) => (Folder, Version) = (folder, version);

    /// <summary>Folder with the package.</summary>
    public string Folder { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>Another version of the package, beside the one under test.</summary>
    /// <param name="package">Path of a file <c>BuildKit.Tasks.VERSION.nupkg</c>.</param>
    public LocalFeed With(string package)
    {
        var name = Path.GetFileName(package);
        File.Copy(package, Path.Combine(Folder, name), overwrite: true);
        return new LocalFeed(Folder, name["BuildKit.Tasks.".Length..^".nupkg".Length]);
    }

    /// <summary>Packs the package, and makes projects below the run's folder find it.</summary>
    public static async Task<LocalFeed> PackAsync()
    {
        var feed = new LocalFeed(Path.Combine(TestRun.Folder, "feed"), $"1.0.0-{TestRun.Id}.{DateTime.UtcNow:yyyyMMddHHmmss}");
        await feed.AddAsync("nuget");
        await File.WriteAllTextAsync(Path.Combine(TestRun.Folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="under-test" value="feed" />
              </packageSources>
            </configuration>
            """);
        return feed;
    }

    /// <summary>Packs the templates as well.</summary>
    public Task AddTemplatesAsync() => AddAsync("nuget/templates");

    private async Task AddAsync(string folder)
    {
        // PackageVersion and not Version: the assemblies stay as they are built.
        string[] arguments =
        [
            "pack", RepositoryRoot.PathOf(folder), "--nologo", "-c", "Release", "-o", Folder, $"-p:PackageVersion={Version}", "-p:RunAnalyzers=false",
        ];
        // The repository's own packages come from where the test run's came.
        var environment = CleanEnvironment.Create();
        environment.Remove("NUGET_PACKAGES");
        (await Command.RunAsync("dotnet", arguments, TestRun.Folder, environment)).Succeeded();
    }
}
