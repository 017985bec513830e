namespace BuildKit.Tasks.EngineTests;

/// <summary>Where an image goes, and that nothing half-made is left where it cannot go.</summary>
public sealed class DestinationsStory : Story
{
    [Test]
    public async Task An_image_goes_to_two_registries_at_once()
    {
        await using var second = await RegistryFixture.StartAsync("second");
        WriteConsole(
            $"<ContainerRegistry>{Machine.Registry.Address};{second.Address}</ContainerRegistry>",
            $"<ContainerRegistry Include=\"{Machine.Registry.Address};{second.Address}\" Condition=\"'$(ByItems)' == 'true'\" />");
        (await Project.PublishAsync()).Succeeded();
        var digest = (await Images.ManifestAsync(Repository)).Digest;
        Assert.That((await second.Images.ManifestAsync(Repository)).Digest, Is.EqualTo(digest));
        Assert.That((await Project.PublishAsync("--no-build")).Succeeded().Output, Does.Contain("unchanged"));

        // One that lost it gets it back. What BuildKit makes again may have another time in it, and is then new in both.
        await second.Images.DeleteAsync(Repository, digest);
        (await Project.PublishAsync("--no-build")).Succeeded();
        digest = (await Images.ManifestAsync(Repository)).Digest;
        Assert.That((await second.Images.ManifestAsync(Repository)).Digest, Is.EqualTo(digest));

        // The same list as items.
        (await Project.PublishAsync("--no-build", "-p:ByItems=true", "-p:ContainerRegistry=", $"-p:ContainerRepository={Repository}/items"))
            .Succeeded();
        Assert.That(
            (await second.Images.ManifestAsync($"{Repository}/items")).Digest,
            Is.EqualTo((await Images.ManifestAsync($"{Repository}/items")).Digest));
    }

    [TestCase("taken/image.tar", Description = "a file stands where the folder should be")]
    [TestCase("/proc/nowhere/image.tar.gz")]
    [TestCase("folder.tar", Description = "a folder has the archive's name, and files")]
    public async Task An_archive_that_cannot_be_written_leaves_nothing_behind(string path)
    {
        Project.Write("taken", "mine");
        Project.Write("folder.tar/file", "mine");
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n",
            $"<ContainerRegistry></ContainerRegistry><ContainerArchiveOutputPath>{path}</ContainerArchiveOutputPath>");
        var result = await Project.DotnetAsync(["publish"]);
        if (path == "folder.tar")
        {
            result.Succeeded();
            Assert.That(Project.PathOf($"folder.tar/{Repository}.tar.gz"), Does.Exist, "a folder gets the archive");
        }
        else
        {
            Assert.That(result.FailedWith("BK5006").Text, Does.Contain(path));
        }

        Assert.That(Directory.GetFileSystemEntries(Project.Folder).Select(Path.GetFileName).Except(["bin", "obj"]),
            Is.EquivalentTo(new[] { "taken", "folder.tar", "image.proj", "Dockerfile" }));
        Assert.That(await File.ReadAllTextAsync(Project.PathOf("taken")), Is.EqualTo("mine"));
    }

    [TestCase("oci-layout")]
    [TestCase("local")]
    public async Task A_folder_that_cannot_be_made_is_told_before_the_build_and_one_of_a_failed_build_is_gone(string type)
    {
        Project.Write("taken", "mine");
        WriteDockerfile("FROM scratch\nCOPY nothing-of-this-name /\n", items: $"<BuildKitOutput Include=\"{type}\" Path=\"$(To)\" />");
        Assert.That((await Project.DotnetAsync(["publish", "-p:To=taken/folder"])).FailedWith("BK5006").Text, Does.Contain("taken/folder"));
        (await Project.DotnetAsync(["publish", "-p:To=folder"])).FailedWith("BK3102");
        Assert.That(Project.PathOf("folder"), Does.Not.Exist);
    }

    [Test]
    public async Task A_build_that_fails_leaves_the_last_archive()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n",
            "<ContainerRegistry></ContainerRegistry><ContainerArchiveOutputPath>out/image.tar</ContainerArchiveOutputPath>");
        Project.Write(".dockerignore", "out\nobj\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var bytes = await File.ReadAllBytesAsync(Project.PathOf("out/image.tar"));
        Project.Write("Dockerfile", "FROM scratch\nCOPY nothing-of-this-name /\n");
        (await Project.DotnetAsync(["publish"])).FailedWith("BK3102");
        Assert.That(Directory.GetFileSystemEntries(Project.PathOf("out")), Is.EqualTo(new[] { Project.PathOf("out/image.tar") }));
        Assert.That(await File.ReadAllBytesAsync(Project.PathOf("out/image.tar")), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Tags_may_be_items_and_may_be_made()
    {
        WriteConsole(items: "<ContainerImageTags Include=\"1.4.0;stable\" />");
        (await Project.PublishAsync()).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository, "1.4.0")).Digest, Is.EqualTo((await Images.ManifestAsync(Repository, "stable")).Digest));
        Assert.That(await Images.FindAsync(Repository, "latest"), Is.Null);

        var names =
            (await Project.PublishAsync("--no-build", "-p:AutoGenerateImageTag=true", $"-p:ContainerRepository={Repository}/made",
                "-getItem:GeneratedContainerName")).Succeeded().Output;
        Assert.That(names, Does.Match($"{Repository}/made:20[0-9]{{12}}\"").And.Contain($"{Repository}/made:stable"));
    }
}
