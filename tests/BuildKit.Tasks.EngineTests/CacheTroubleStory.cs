namespace BuildKit.Tasks.EngineTests;

/// <summary>Caches that are forbidden, and disks that are full or their own: never a reason to fail.</summary>
public sealed class CacheTroubleStory : Story
{
    // A step of each test: BuildKit gives two builds that run the same one a single answer.
    private string Step => $"RUN cat /proc/sys/kernel/random/uuid > /id; : {Repository}";
    private const string Local =
        """<BuildKitCacheFrom Include="disk/cache" Type="local" /><BuildKitCacheTo Include="disk/cache" Type="local" Mode="max" />""";

    [Test]
    public async Task A_registry_that_lets_nobody_read_costs_a_line_for_each_cache()
    {
        var registry = await Machine.PrivateRegistryAsync();
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Step}\n", $"""
            <BuildKitCacheRepository>{registry.Address}/{Repository}</BuildKitCacheRepository><BuildKitCacheWrite>never</BuildKitCacheWrite>
            """);
        var result = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(result.Log.Warnings, Is.Empty);
        foreach (var cache in new[] { "devcache", "buildcache" })
        {
            Assert.That(result.Log.Messages, Has.Some.Matches($"BK4003.*{cache}.*(401|[Uu]nauthorized|authorization|login)"));
        }

        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_disk_that_is_full_costs_one_warning_and_leaves_the_old_cache_whole()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nCOPY size /\nRUN head -c $(cat /size) /dev/urandom > /big\n",
            "<BuildKitCacheType>None</BuildKitCacheType>", Local);
        Project.Write(".dockerignore", "disk\nobj\n");
        // Its compressed base has 12 to 30 MB.
        await using var disk = await SmallDisk.MountAsync(Project.PathOf("disk"), "90m");
        Project.Write("size", "1000000");
        Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Log.Warnings, Is.Empty);
        var before = Files("disk/cache");

        Project.Write("size", "80000000");
        var full = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(full.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4001" }));
        Assert.That(full.Log.Warnings[0].Text, Does.Contain("no space left"));
        Assert.That(await Images.BlobAsync(Repository, (await Images.ManifestAsync(Repository)).Layers[^1]), Has.Length.GreaterThan(70_000_000),
            "the image is whole");
        Assert.That(Files("disk/cache"), Is.EqualTo(before));
        Assert.That(Directory.GetFileSystemEntries(Project.PathOf("disk")).Select(Path.GetFileName), Is.EqualTo(new[] { "cache" }));
    }

    [Test]
    public async Task A_cache_folder_that_is_a_disk_of_its_own_is_replaced_too()
    {
        WriteDockerfile($"FROM scratch\nCOPY version /\n", "<BuildKitCacheType>None</BuildKitCacheType>", Local);
        Project.Write(".dockerignore", "disk\nobj\n");
        await using var disk = await SmallDisk.MountAsync(Project.PathOf("disk/cache"), "8m");
        Project.Write("disk/cache/lost+found/kept", "");
        var caches = new List<string>();
        foreach (var version in new[] { "1", "2", "3" })
        {
            Project.Write("version", version);
            Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Log.Warnings, Is.Empty);
            caches.Add(string.Join('\n', Files("disk/cache/blobs")));
        }

        Assert.That(caches.Distinct().Count(), Is.EqualTo(3), "each wrote its own");
        Assert.That(caches.Select(text => text.Split('\n').Length).Distinct().Count(), Is.EqualTo(1), "and it does not grow");
        Assert.That(Directory.GetFileSystemEntries(Project.PathOf("disk/cache")).Select(Path.GetFileName),
            Is.SubsetOf(new[] { "blobs", "index.json", "ingest", "lost+found", "oci-layout" }));
        Assert.That(File.Exists(Project.PathOf("disk/cache/lost+found/kept")), Is.True);
    }

    [Test]
    public async Task A_registry_that_does_not_take_manifests_of_caches_gets_the_hint_that_helps()
    {
        using var registry = new MoodyRegistry((method,
            path) => method == "PUT" && path.EndsWith("/manifests/devcache", StringComparison.Ordinal) ? 400 : 0);
        WriteDockerfile($"FROM {BaseImages.Debian}\n{Step}\n", $"<BuildKitCacheRepository>{registry.Address}/{Repository}</BuildKitCacheRepository>");
        var result = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(result.Log.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK4011" }));
        Assert.That(result.Log.Warnings[0].Text, Does.Contain("ImageManifest=\"false\"").And.Contain("400"));
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_registry_that_is_busy_is_asked_again()
    {
        var refusals = new List<string>();
        using var registry = new MoodyRegistry((method, path) =>
        {
            lock (refusals)
            {
                // Each question is refused once, in turn with the two answers that busy registries give.
                var question = $"{method} {path}";
                if (refusals.Contains(question)
                    || path.Contains("/uploads/", StringComparison.Ordinal) && !path.EndsWith("/uploads/", StringComparison.Ordinal))
                {
                    return 0;
                }

                refusals.Add(question);
                return refusals.Count % 2 == 0 ? 429 : 503;
            }
        });
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n", $"<ContainerRegistry>{registry.Address}</ContainerRegistry>");
        var result = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(result.Log.Warnings, Is.Empty);
        Assert.That(refusals, Has.Count.GreaterThan(3));
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task A_cache_in_zstd_is_read_like_any_other()
    {
        WriteDockerfile($"FROM {BaseImages.Debian} AS build\nRUN echo zstd > /id\nFROM scratch\nCOPY --from=build /id /\n",
            "<BuildKitCacheCompression>zstd</BuildKitCacheCompression>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository, "devcache")).Json.GetProperty("layers").EnumerateArray()
            .Select(layer => layer.GetProperty("mediaType").GetString()), Has.Some.EndsWith("zstd"));

        await using var cold = await EngineFixture.StartAsync("cold-zstd");
        var other = NewProject(cold, "_other");
        other.CopyFrom(Project.Folder);
        Assert.That((await other.DotnetAsync(["publish"])).Succeeded().Output, Does.Contain("2 of 2 steps from the cache"));
        other.Close(failed: false);
    }

    private List<string> Files(string folder) =>
        [.. Directory.GetFiles(Project.PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetFileName(file)} {new FileInfo(file).Length}").Order(StringComparer.Ordinal)];

    /// <summary>A disk in memory, mounted for the time of a test.</summary>
    private sealed class SmallDisk(string folder) : IAsyncDisposable
    {
        public static async Task<SmallDisk> MountAsync(string folder, string size)
        {
            Directory.CreateDirectory(folder);
            (await Command.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder])).Succeeded();
            return new SmallDisk(folder);
        }

        public async ValueTask DisposeAsync() => (await Command.RunAsync("umount", [folder])).Succeeded();
    }
}
