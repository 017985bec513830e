namespace BuildKit.Tasks.FaultTests;

/// <summary>Disks of this machine that are full or read-only: the folder for our own files, and the one for temporary files.</summary>
public sealed class DiskFaults : Story
{
    private string OwnFolder => Directory.GetDirectories(Project.PathOf("obj"), "buildkit", SearchOption.AllDirectories).Single();

    [Test]
    public async Task A_read_only_folder_of_ours_is_named_before_the_build()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n");
        (await Project.PublishAsync()).Succeeded();
        Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN : {Repository} again\n");
        var own = OwnFolder;
        using (await SmallDisk.ReadOnlyAsync(own))
        {
            var error = (await Project.PublishAsync()).FailedWith("BK1060");
            Assert.That(error.Text, Does.Contain(own).And.Contains("Read-only file system"));
        }

        (await Project.PublishAsync()).Succeeded();
    }

    [Test]
    public async Task A_full_folder_of_ours_is_named_before_the_build()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n");
        (await Project.PublishAsync()).Succeeded();
        Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN : {Repository} again\n");
        var own = OwnFolder;
        using (await SmallDisk.FullAsync(own))
        {
            var error = (await Project.PublishAsync()).FailedWith("BK1061");
            Assert.That(error.Text, Does.Contain(own).And.Contains("df -i"));
        }

        (await Project.PublishAsync()).Succeeded();
    }

    [Test]
    public async Task A_full_folder_for_temporary_files_is_named_when_a_login_has_to_go_there()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n");
        var temporary = Project.PathOf("temporary");
        // A restore needs room of its own there.
        (await Project.DotnetAsync(["restore"])).Succeeded();
        using (await SmallDisk.FullAsync(temporary))
        {
            var result = await Project.DotnetAsync(["publish", "--no-restore"], variables: new Dictionary<string, string?>
            {
                ["TMPDIR"] = temporary,
                ["SDK_CONTAINER_REGISTRY_UNAME"] = "ann",
                ["SDK_CONTAINER_REGISTRY_PWORD"] = "open-sesame-1",
            });
            var error = result.FailedWith("BK1061");
            Assert.That(error.Text, Does.Contain(temporary));
        }

        (await Project.PublishAsync()).Succeeded();
    }

    [Test]
    public async Task A_result_that_cannot_be_remembered_is_told_and_the_image_is_there()
    {
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN : {Repository}\n");
        (await Project.PublishAsync()).Succeeded();
        Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN : {Repository} again\n");
        var record = Directory.GetFiles(OwnFolder, "*.record.json").Single();
        File.Delete(record);
        Directory.CreateDirectory(Path.Combine(record, "x"));
        var result = await Project.PublishAsync();
        result.Succeeded();
        Assert.That(result.Output, Does.Contain("BK1064").And.Contains(record));
        Directory.Delete(record, recursive: true);
        (await Project.PublishAsync()).Succeeded();
    }
}
