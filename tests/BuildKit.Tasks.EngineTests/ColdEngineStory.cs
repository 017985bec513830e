namespace BuildKit.Tasks.EngineTests;

/// <summary>An engine that has nothing, as on a fresh CI machine, in front of a registry that has the last image.</summary>
public sealed class ColdEngineStory : Story
{
    [Test]
    public async Task The_base_image_is_not_fetched_to_be_built_upon()
    {
        WriteConsole("<BuildKitCacheWrite>never</BuildKitCacheWrite>");
        (await Project.PublishAsync()).Succeeded();
        var before = await Images.ManifestAsync(Repository);
        var own = before.Layers[^1];
        var ofTheBase = before.Layers.Where(layer => layer != own).ToList();

        await using var cold = await EngineFixture.StartAsync("cold");
        var machine = NewProject(cold, "_cold");
        machine.CopyFrom(Project.Folder);
        machine.Write("Program.cs", "System.Console.WriteLine(\"changed\");");
        (await machine.PublishAsync()).Succeeded();

        var pushed = await Images.ManifestAsync(Repository);
        Assert.That(pushed.Layers.SkipLast(1), Is.EqualTo(ofTheBase));
        var blobs = Path.Combine(cold.DataFolder, "containerd/io.containerd.content.v1.content/blobs/sha256");
        var fetched = Directory.GetFiles(blobs).Select(path => "sha256:" + Path.GetFileName(path)).ToList();
        Assert.That(fetched, Has.Member(pushed.Layers[^1]), "the store that is looked into is the engine's");
        Assert.That(fetched.Intersect(ofTheBase), Is.Empty);
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("changed"));
        machine.Close(failed: false);
    }
}
