namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>The templates of "dotnet new": each is made, and published as it is.</summary>
public sealed class TemplatesStory : Story
{
    [Test]
    public async Task A_folder_and_a_project_for_many_images_are_published_as_they_are_made()
    {
        var output = await TypeAsync($"""
            dotnet new buildkit-folder -o src/{Repository}
            rm src/{Repository}/Dockerfile
            printf 'FROM scratch\nCOPY . /\n' > src/{Repository}/Dockerfile
            dotnet publish src/{Repository} -p:ContainerRegistry={Machine.Registry.Address}
            dotnet new buildkit-images
            dotnet publish images.proj -p:ContainerRegistry={Machine.Registry.Address} -p:BuildKitForce=true
            """);
        var pushed = await Images.ManifestAsync(Repository, "latest");
        Assert.That(output, Does.Contain($"pushed {Image}:latest\n").And.Contain(pushed.Digest));
        Assert.That(output, Does.Not.Contain("warning"));
        var layer = await Images.FindAsync(Repository);
        Assert.That(layer, Is.Not.Null);
    }

    [Test]
    public async Task A_folder_that_has_a_Dockerfile_keeps_it()
    {
        Project.Write("work/shop/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
        await TypeAsync($"""
            cd shop
            dotnet new buildkit-folder --dockerfile false
            dotnet publish -p:ContainerRepository={Repository} -p:ContainerRegistry={Machine.Registry.Address}
            """);
        Assert.That(await File.ReadAllTextAsync(Project.PathOf("work/shop/Dockerfile")), Is.EqualTo("FROM scratch\nCOPY Dockerfile /\n"));
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [TestCase("github", ".github/workflows/image.yml", "github-actions.yml")]
    [TestCase("gitlab", ".gitlab-ci.yml", "gitlab-ci.yml")]
    [TestCase("azure", "azure-pipelines.yml", "azure-pipelines.yml")]
    public async Task A_workflow_is_the_one_that_WorkflowStory_runs(string system, string file, string workflow)
    {
        await TypeAsync($"dotnet new buildkit-workflow --system {system}");
        Assert.That(
            Directory.GetFiles(Project.PathOf("work"), "*", SearchOption.AllDirectories),
            Is.EqualTo(new[] { Project.PathOf("work/" + file) }));
        Assert.That(
            await File.ReadAllTextAsync(Project.PathOf("work/" + file)),
            Is.EqualTo(await File.ReadAllTextAsync(RepositoryRoot.PathOf("docs/workflows/" + workflow))));
    }

    private async Task<string> TypeAsync(string script)
    {
        await ReaderMachine.ReadyAsync();
        Directory.CreateDirectory(Project.PathOf("work"));
        var install = $"dotnet new install BuildKit.Tasks.Templates@{Machine.Feed.Version}\n";
        var result = await Project.ShellAsync(install + script, Project.PathOf("work"), ReaderMachine.Variables(Project));
        return result.Succeeded();
    }
}
