using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Systems;

[NonParallelizable] // On Windows another test's sweep holds a lock while this one's folder goes.
public sealed class TemporaryFolderTests
{
    [Test]
    public void A_folder_is_its_owners_alone_and_its_name_cannot_be_guessed()
    {
        using var first = TemporaryFolder.Create();
        using var second = TemporaryFolder.Create();
        Assert.That(first.Path, Is.Not.EqualTo(second.Path));
        Assert.That(Path.GetFileName(first.Path)["buildkit-tasks-private-".Length..], Has.Length.GreaterThanOrEqualTo(6));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That((int)File.GetUnixFileMode(first.Path), Is.EqualTo(0b111_000_000));
        }
    }

    [Test]
    public void A_folder_goes_with_all_that_is_in_it()
    {
        string path;
        using (var folder = TemporaryFolder.Create())
        {
            path = folder.Path;
            File.WriteAllText(Path.Combine(path, "buildkitd.toml"), "x");
        }

        Assert.That(Directory.Exists(path), Is.False);
    }

    [Test, NotUnderWine(Wine.Links)]
    public void What_a_killed_build_left_is_removed_and_what_a_running_one_holds_is_not()
    {
        var killed = Directory.CreateTempSubdirectory("buildkit-tasks-private-").FullName;
        File.WriteAllText(Path.Combine(killed, "lock"), "");
        File.WriteAllText(Path.Combine(killed, "config.json"), "{}");
        using var own = new TestFolder();
        own.Write("meta.json", "{}");
        Directory.CreateSymbolicLink(Path.Combine(killed, "contexts"), own.Path);
        var young = Directory.CreateTempSubdirectory("buildkit-tasks-private-").FullName;
        var trap = Path.Combine(Path.GetTempPath(), $"buildkit-tasks-private-{Guid.NewGuid():N}");
        Directory.CreateSymbolicLink(trap, own.Path);
        using var running = TemporaryFolder.Create();
        try
        {
            TemporaryFolder.Sweep();
            Assert.That(new[] { killed, young, trap, running.Path }.Select(Directory.Exists), Is.EqualTo(new[] { false, true, true, true }));
            Assert.That(File.Exists(Path.Combine(own.Path, "meta.json")), Is.True);
        }
        finally
        {
            Directory.Delete(young);
            File.Delete(trap);
        }
    }
}
