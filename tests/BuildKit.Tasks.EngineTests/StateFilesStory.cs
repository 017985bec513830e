namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// What a build that has nothing to do opens and writes of its own files. Each costs a virus scanner's look on Windows, so the
/// list is held: it may become shorter.
/// </summary>
public sealed class StateFilesStory : Story
{
    private static readonly string[] Opened = ["app.files", "app.record.json"];

    [Test]
    public async Task An_unchanged_publish_reads_two_files_and_writes_none()
    {
        WriteConsole();
        (await Project.PublishAsync()).Succeeded();
        // What was written a moment ago is looked at again, and the table is written until no file is that young.
        var table = Project.PathOf("obj/Release/net10.0/buildkit/app.files");
        for (var (publish, written) = (0, DateTime.MinValue); publish < 10 && written != File.GetLastWriteTimeUtc(table); publish++)
        {
            written = File.GetLastWriteTimeUtc(table);
            (await Project.PublishAsync("--no-restore")).Succeeded();
        }

        using var files = new OpenedFiles(Project.PathOf("obj/Release/net10.0/buildkit"));
        using var staged = new OpenedFiles(Project.PathOf("obj/Release/net10.0/buildkit/app.context/application"));
        var third = (await Project.PublishAsync("--no-restore")).Succeeded();
        Assert.That(third.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        var (opened, changed) = files.Take();
        Assert.Multiple(() =>
        {
            Assert.That(opened, Is.EqualTo(Opened));
            Assert.That(changed, Is.Empty);
            Assert.That(staged.Take(), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())), "staged files");
        });
    }
}
