namespace BuildKit.Tasks.EngineTests;

public sealed class OutputsStory : Story
{
    private const string NoRegistry = "<ContainerRegistry></ContainerRegistry>";

    [Test]
    public async Task Without_a_registry_the_image_is_loaded_into_the_engine()
    {
        WriteConsole(NoRegistry);
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunLoadedAsync($"{Repository}:latest"), Is.EqualTo("hello"));

        var second = (await Project.PublishAsync()).Succeeded();
        Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        (await Machine.Engine.DockerAsync("image", "rm", $"{Repository}:latest")).Succeeded();
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunLoadedAsync($"{Repository}:latest"), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Push_and_load_do_both()
    {
        WriteConsole("<BuildKitLoad>true</BuildKitLoad>");
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
        Assert.That(await new EngineImages(Machine.Engine).RunLoadedAsync(Image), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_docker_archive_can_be_loaded()
    {
        WriteConsole($"{NoRegistry}<ContainerArchiveOutputPath>out/</ContainerArchiveOutputPath>");
        (await Project.PublishAsync()).Succeeded();
        (await Machine.Engine.DockerAsync("load", "-i", Project.PathOf($"out/{Repository}.tar.gz"))).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunLoadedAsync($"{Repository}:latest"), Is.EqualTo("hello"));

        File.Delete(Project.PathOf($"out/{Repository}.tar.gz"));
        (await Project.PublishAsync()).Succeeded();
        Assert.That(Project.PathOf($"out/{Repository}.tar.gz"), Does.Exist);
    }

    [Test]
    public async Task An_OCI_archive_has_an_index()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n",
            $"{NoRegistry}<ContainerArchiveOutputPath>image.tar</ContainerArchiveOutputPath><ContainerImageFormat>OCI</ContainerImageFormat>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(LayerFiles.ReadFile(Project.PathOf("image.tar")).Keys, Does.Contain("index.json").And.Contain("oci-layout"));
    }

    [Test]
    public async Task A_folder_gets_the_files_of_the_image()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /made/\n", NoRegistry, "<BuildKitOutput Include=\"local\" Path=\"files\" />");
        // In the context the files would be an input of the next build.
        Project.Write(".dockerignore", "files");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(Project.PathOf("files/made/Dockerfile"), Does.Exist);
        Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Output, Does.Contain("unchanged"));
    }

    [Test]
    public async Task Attestations_make_an_index_with_an_attestation()
    {
        WriteConsole("<BuildKitProvenance>true</BuildKitProvenance>");
        (await Project.PublishAsync()).Succeeded();
        var manifests = (await Images.ManifestAsync(Repository)).Json.GetProperty("manifests").EnumerateArray().ToList();
        Assert.That(
            manifests.Count(manifest => manifest.TryGetProperty("annotations", out var notes)
                && notes.GetProperty("vnd.docker.reference.type").GetString() == "attestation-manifest"),
            Is.EqualTo(1));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
    }

    [Test]
    public async Task An_SBOM_is_made_by_the_named_generator()
    {
        // The protocol: https://github.com/moby/buildkit/blob/master/docs/attestations/sbom-protocol.md.
        const string Document =
            """{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document","predicate":{"name":"of-the-test"}}""";
        Project.Write("generator/scan", $"#!/bin/sh\necho '{Document}' > \"$BUILDKIT_SCAN_DESTINATION/sbom.spdx.json\"\n");
        Project.Write("generator/Dockerfile", $"FROM {BaseImages.Debian}\nCOPY --chmod=755 scan /scan\nENTRYPOINT [\"/scan\"]\n");
        (await Machine.Engine.DockerAsync("buildx", "build", "--push", "-t", Image + ":generator", Project.PathOf("generator"))).Succeeded();

        WriteConsole($"<BuildKitSbom>{Image}:generator</BuildKitSbom>");
        (await Project.PublishAsync()).Succeeded();
        var attestation = (await Images.ManifestAsync(Repository)).Json.GetProperty("manifests").EnumerateArray().Single(manifest =>
            manifest.TryGetProperty("annotations", out var notes)
                && notes.GetProperty("vnd.docker.reference.type").GetString() == "attestation-manifest");
        var layer = (await Images.ManifestAsync(Repository, attestation.GetProperty("digest").GetString()!)).Layers.Single();
        Assert.That(System.Text.Encoding.UTF8.GetString(await Images.BlobAsync(Repository, layer)),
            Does.Contain("https://spdx.dev/Document").And.Contain("of-the-test"));
    }

    [Test]
    public async Task Without_the_wish_there_is_no_attestation()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository)).Layers, Has.Count.EqualTo(1));
    }
}
