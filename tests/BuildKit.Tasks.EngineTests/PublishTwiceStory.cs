namespace BuildKit.Tasks.EngineTests;

public sealed class PublishTwiceStory : Story
{
    [Test]
    public async Task Second_publish_starts_no_build()
    {
        WriteConsole();
        var docker = new DockerRecorder(Project);
        var first = await Project.DotnetAsync(["publish"], variables: docker.Variables);
        Assert.That(first.Succeeded().Log.Tasks, Does.Contain("DockerBuildxBuild"));
        Assert.That(docker.Calls, Is.Not.Empty);
        docker.Forget();

        var second = (await Project.DotnetAsync(["publish"], variables: docker.Variables)).Succeeded();
        Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild").And.No.Member("EnsureBuildKit"));
        Assert.That(docker.Calls, Is.Empty);
        Assert.That(second.Output, Does.Match($"app -> unchanged in the registry: {Image}:latest\n +sha256:[0-9a-f]{{64}}\n"));
    }

    [Test]
    public async Task A_deleted_tag_is_pushed_again()
    {
        WriteConsole();
        (await Project.PublishAsync()).Succeeded();
        var manifest = await Images.ManifestAsync(Repository);
        await Images.DeleteAsync(Repository, manifest.Digest);
        Assert.That(await Images.FindAsync(Repository), Is.Null);

        (await Project.PublishAsync()).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository)).Digest, Is.EqualTo(manifest.Digest));
    }

    [Test]
    public async Task A_tag_that_someone_else_moved_is_pushed_back()
    {
        WriteConsole("<ContainerImageTags>1.0;latest</ContainerImageTags>");
        (await Project.PublishAsync()).Succeeded();
        var ours = await Images.ManifestAsync(Repository, "1.0");
        var theirs = ours with { Text = ours.Text + "\n" };
        await Images.PutAsync(Repository, "1.0", theirs);
        Assert.That((await Images.ManifestAsync(Repository, "1.0")).Digest, Is.Not.EqualTo(ours.Digest));

        var second = (await Project.PublishAsync()).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository, "1.0")).Digest, Is.EqualTo(ours.Digest));
        Assert.That(second.Log.Messages, Has.Some.Contains("1.0 was moved to another image"));
    }
}
