using BuildKit.Core.Requests;

namespace BuildKit.Core.Tests.Settings;

public sealed class OutputSelectionTests
{
    // registry, push, load, archive -> outputs
    [TestCase("", "", "", "", "Load")]
    [TestCase("r.example.com", "", "", "", "Push")]
    [TestCase("r.example.com", "false", "", "", "Load")]
    [TestCase("r.example.com", "", "true", "", "Load Push")]
    [TestCase("r.example.com", "true", "true", "", "Load Push")]
    [TestCase("r.example.com", "false", "false", "", "CacheOnly")]
    [TestCase("", "", "false", "", "CacheOnly")]
    [TestCase("", "auto", "auto", "", "Load")]
    [TestCase("", "off", "on", "", "Load")]
    [TestCase("", "", "", "a.tar", "DockerArchive")]
    [TestCase("r.example.com", "", "", "a.tar", "DockerArchive")]
    [TestCase("r.example.com", "true", "", "a.tar", "Push DockerArchive")]
    [TestCase("", "", "true", "a.tar", "Load DockerArchive")]
    public void Follows_registry_and_switches(string registry, string push, string load, string archive, string expected)
    {
        using var project = new TestSettings();
        project.Set("ContainerRegistry", registry).Set("BuildKitPush", push).Set("BuildKitLoad", load).Set("ContainerArchiveOutputPath", archive);
        Assert.That(string.Join(' ', project.ReadRight().Outputs.Select(output => output.Kind)), Is.EqualTo(expected));
    }

    [TestCase("OCI", OutputKind.OciArchive)]
    [TestCase("Docker", OutputKind.DockerArchive)]
    [TestCase("", OutputKind.DockerArchive)]
    public void The_image_format_decides_the_archive(string format, OutputKind kind)
    {
        using var project = new TestSettings();
        project.Set("ContainerArchiveOutputPath", "images/a.tar.gz").Set("ContainerImageFormat", format);
        Assert.That(project.ReadRight().Outputs, Is.EqualTo(new[] { new BuildOutput(kind, project.Folder.Full("images/a.tar.gz")) }));
    }

    [TestCase("images/")]
    [TestCase(@"images\")]
    [TestCase("there")]
    public void A_folder_gets_a_file_named_after_the_repository(string path)
    {
        using var project = new TestSettings();
        project.Folder.Make("there");
        project.Set("ContainerArchiveOutputPath", path).Set("ContainerRepository", "shop");
        Assert.That(project.ReadRight().Outputs.Single().Path, Is.EqualTo(project.Folder.Full(path.TrimEnd('/', '\\') + "/shop.tar.gz")));
    }

    [Test]
    public void Items_add_outputs_and_take_the_place_of_the_default()
    {
        using var project = new TestSettings();
        project.Set("ContainerRegistry", "r.example.com")
            .Item("BuildKitOutput", "oci", ("Path", "a.tar")).Item("BuildKitOutput", "files", ("Type", "Local"), ("Path", "rootfs"));
        Assert.That(project.ReadRight().Outputs, Is.EqualTo(new[]
        {
            new BuildOutput(OutputKind.OciArchive, project.Folder.Full("a.tar")), new BuildOutput(OutputKind.Folder, project.Folder.Full("rootfs")),
        }));
    }

    [Test]
    public void Items_push_and_load_as_well()
    {
        using var project = new TestSettings();
        project.Set("ContainerRegistry", "r.example.com").Item("BuildKitOutput", "registry").Item("BuildKitOutput", "image");
        Assert.That(project.ReadRight().Outputs.Select(output => output.Kind), Is.EqualTo(new[] { OutputKind.Push, OutputKind.Load }));
    }

    [Test]
    public void An_archive_in_place_of_a_folder_and_the_other_way_are_refused()
    {
        using var project = new TestSettings();
        project.Folder.Make("there/shop-api.tar.gz");
        project.Folder.Write("file");
        project.Item("BuildKitOutput", "oci", ("Path", "there/")).Item("BuildKitOutput", "local", ("Path", "file"));
        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Codes, Is.EqualTo(new[] { "BK5006", "BK5006" }));
    }
}
