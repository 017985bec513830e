namespace BuildKit.Tasks.FaultTests;

/// <summary>The disk of the engine's own data is full: a small file system in a file.</summary>
[Category("Long")]
public sealed class EngineDiskFaults : Story
{
    [Test]
    public async Task A_full_disk_under_a_step_is_told_and_the_next_build_works_when_there_is_room()
    {
        var disk = Project.PathOf("disk");
        (await Command.RunAsync("truncate", ["-s", "700M", disk + ".img"])).Succeeded();
        (await Command.RunAsync("mkfs.ext4", ["-q", "-F", disk + ".img"])).Succeeded();
        Directory.CreateDirectory(disk);
        (await Command.RunAsync("mount", ["-o", "loop", disk + ".img", disk])).Succeeded();
        try
        {
            await using var engine = await EngineFixture.StartAsync("full", "--root", disk);
            Use(engine);
            WriteDockerfile($"FROM {BaseImages.Debian}\nRUN head -c 2000M /dev/zero > /big\n");
            Project.Write(".dockerignore", "*\n");
            Assert.That((await Project.DotnetAsync(["publish"])).FailedWith("BK1013").Text, Does.Contain("o space left on device"));
            Project.Write("Dockerfile", $"FROM {BaseImages.Debian}\nRUN echo small > /small\n");
            (await Project.DotnetAsync(["publish"])).Succeeded();
        }
        finally
        {
            await Command.RunAsync("umount", ["-l", disk]);
        }

        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }
}
