namespace BuildKit.Tasks.EngineTests;

/// <summary>An engine that has nothing, as on a fresh CI machine, in front of a registry that has the last image.</summary>
public sealed class ColdEngineStory : Story
{
    [Test]
    public async Task The_base_image_is_not_fetched_to_be_built_upon()
    {
        WriteConsole("<BuildKitCacheWrite>never</BuildKitCacheWrite>",
            """<BuildKitCopy Include="copied.txt" Destination="/app/data/" Mode="0600" Owner="1654:1654" />""");
        Project.Write("copied.txt", "x");
        (await Project.PublishAsync()).Succeeded();
        var ofTheBase = (await Images.ManifestAsync("dotnet/runtime", "10.0")).Layers;
        Assert.That((await Images.ManifestAsync(Repository)).Layers.SkipLast(2), Is.EqualTo(ofTheBase));

        await using var cold = await EngineFixture.StartAsync("cold");
        var machine = NewProject(cold, "_cold");
        machine.CopyFrom(Project.Folder);
        machine.Write("Program.cs", "System.Console.WriteLine(\"changed\");");
        (await machine.PublishAsync()).Succeeded();

        var pushed = await Images.ManifestAsync(Repository);
        Assert.That(pushed.Layers.SkipLast(2), Is.EqualTo(ofTheBase));
        var blobs = Path.Combine(cold.DataFolder, "containerd/io.containerd.content.v1.content/blobs/sha256");
        var fetched = Directory.GetFiles(blobs).Select(path => "sha256:" + Path.GetFileName(path)).ToList();
        Assert.That(fetched, Has.Member(pushed.Layers[^1]), "the store that is looked into is the engine's");
        Assert.That(fetched.Intersect(ofTheBase), Is.Empty);
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("changed"));
        Assert.That(await new EngineImages(Machine.Engine).RunShellAsync(Image, "stat -c '%a %u %g' data/copied.txt"), Is.EqualTo("600 1654 1654"));
        machine.Close(failed: false);
    }

    [Test]
    public async Task Steps_from_a_cache_in_the_registry_count_as_cached_though_their_layers_are_pulled()
    {
        WriteDockerfile(
            $"FROM {BaseImages.Debian} AS build\nRUN echo {Repository} > /a\nFROM {BaseImages.Debian}\nCOPY --from=build /a /a\nRUN cat /a > /b\n");
        (await Project.PublishAsync("image.proj")).Succeeded();
        await using var cold = await EngineFixture.StartAsync("cold-cache");
        var machine = NewProject(cold, "_cold");
        machine.CopyFrom(Project.Folder);
        var result = (await machine.PublishAsync("image.proj")).Succeeded();
        Assert.That(result.Output, Does.Contain("3 of 3 steps from the cache"));
        var states = result.Log.OutputsOf("DockerBuildxBuild", "BuildKitStep").Single()
            .Where(step => step.Metadata["State"] is "run" or "cached" or "pulled" && step.Metadata.GetValueOrDefault("Command", "") is var command
                && (command.StartsWith("RUN ", StringComparison.Ordinal) || command.StartsWith("COPY ", StringComparison.Ordinal)))
            .Select(step => step.Metadata["State"]).ToList();
        Assert.That(states, Has.Count.EqualTo(3).And.No.Member("run"));
        machine.Close(failed: false);
    }
}
