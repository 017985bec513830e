namespace BuildKit.Tasks.EngineTests;

/// <summary>What people get wrong around devspace.yaml is told where they wrote it, and nothing succeeds in silence.</summary>
public sealed class DevSpaceMistakesStory : Story
{
    [Test]
    public async Task An_image_that_is_not_there_is_an_error_and_nothing_is_built()
    {
        WriteTeam();
        var result = await Project.DotnetAsync(["build", "-t:BuildKitBuildImage", "-p:BuildKitOnlyImage=nosuch", Given]);
        Assert.That(result.FailedWith("BK6126").Text, Does.Contain("the project has api"));
        Assert.That(result.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
    }

    [Test]
    public async Task A_variable_of_the_command_line_counts_and_one_without_a_value_is_refused()
    {
        WriteTeam();
        (await Project.DotnetAsync(["build", "-t:BuildKitBuildImage", Given])).Succeeded();
        Assert.That(await Images.FindAsync(Repository + "/api", "one"), Is.Not.Null);
        (await Project.DotnetAsync(["publish", "-p:BuildKitDevSpaceVar=NAME"])).FailedWith("BK6123");
    }

    [Test]
    public async Task The_export_of_a_project_that_reads_the_file_is_refused()
    {
        WriteTeam();
        (await Project.DotnetAsync(["build", "-t:BuildKitExportDevSpace", Given])).FailedWith("BK6127");
        Assert.That(Project.PathOf("devspace.images.yaml"), Does.Not.Exist);
    }

    [Test]
    public async Task A_fault_stands_in_the_Dockerfile_of_the_user_also_when_DevSpace_changes_it()
    {
        WriteTeam();
        Project.Write("api/.devspace/cache.yaml", "x");
        Project.Write("api/Dockerfile", "FROM scratch\nCOPY file /\nCOPY nowhere /\n");
        var error = (await Project.DotnetAsync(["publish", Given])).FailedWith("BK3102");
        Assert.That((error.File, error.Line), Is.EqualTo((Project.PathOf("api/Dockerfile"), 3)));
    }

    [Test]
    public async Task An_import_builds_the_same_images_in_a_fresh_clone_without_the_file()
    {
        WriteTeam(", entrypoint: [run], tags: ['${TAG}'], buildArgs: {FROM_OUTSIDE: '${FROM_OUTSIDE}'}");
        var variables = new Dictionary<string, string?>
        { ["TAG"] = "outside", ["FROM_OUTSIDE"] = "hidden-value", ["REGISTRY"] = Machine.Registry.Address, ["NAME"] = Repository };
        (await Project.DotnetAsync(["publish"], variables: variables)).Succeeded();
        var digest = (await Images.ManifestAsync(Repository + "/api", "outside")).Digest;
        (await Project.DotnetAsync(["build", "-t:BuildKitImportDevSpace"], variables: variables)).Succeeded();
        Assert.That(await File.ReadAllTextAsync(Project.PathOf("devspace.images.targets")),
            Does.Not.Contain("hidden-value").And.Not.Contain("outside"));

        File.Delete(Project.PathOf("devspace.yaml"));
        Directory.Delete(Project.PathOf("obj"), recursive: true);
        Project.Write("images.proj",
            $"""<Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}"><Import Project="devspace.images.targets" /></Project>""");
        (await Project.DotnetAsync(["publish", "-p:BuildKitForce=true"], variables: variables)).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository + "/api", "outside")).Digest, Is.EqualTo(digest));
    }

    private string Given => $"-p:BuildKitDevSpaceVar=\"REGISTRY={Machine.Registry.Address};NAME={Repository}\"";

    private void WriteTeam(string more = ", tags: [one]")
    {
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup><BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile></PropertyGroup>
            </Project>
            """);
        Project.Write("devspace.yaml",
            $"version: v2beta1\nimages:\n  api: {{image: '${{REGISTRY}}/${{NAME}}/api', context: api, dockerfile: api/Dockerfile, buildKit: "
                + $"{{}}{more}}}\n");
        Project.Write("api/Dockerfile", "FROM scratch\nARG FROM_OUTSIDE\nLABEL outside=$FROM_OUTSIDE\nCOPY file /\n");
        Project.Write("api/file", "hello");
    }
}
