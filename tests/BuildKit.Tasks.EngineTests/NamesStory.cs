namespace BuildKit.Tasks.EngineTests;

public sealed class NamesStory : Story
{
    [Test]
    public async Task Paths_may_have_spaces_and_letters_of_any_language()
    {
        Project.Write("Größe & Maß, 日本/my app.csproj", Console("<AssemblyName>app</AssemblyName>"));
        Project.Write("Größe & Maß, 日本/Program.cs", "System.Console.WriteLine(System.IO.File.ReadAllText(\"/app/d ü/é [a] $b.txt\"));");
        Project.Write("Größe & Maß, 日本/d ü/é [a] $b.txt", "hello");
        var text = await File.ReadAllTextAsync(Project.PathOf("Größe & Maß, 日本/my app.csproj"));
        Project.Write("Größe & Maß, 日本/my app.csproj",
            text.Replace("</ItemGroup>", "<None Update=\"d ü/*\" CopyToPublishDirectory=\"Always\" /></ItemGroup>", StringComparison.Ordinal));
        (await Project.DotnetAsync(["publish"], "Größe & Maß, 日本")).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_Dockerfile_may_lie_in_such_a_path()
    {
        const string folder = "Größe & Maß, 日本";
        Project.Write($"{folder}/my image.proj",
            WithoutCode("<BuildKitDockerfile>docker files/Dockerfile.größe</BuildKitDockerfile><BuildKitContext>.</BuildKitContext>"));
        Project.Write($"{folder}/docker files/Dockerfile.größe", "FROM scratch\nCOPY [\"ein bild, ü.txt\", \"/\"]\nCPOY\n");
        Project.Write($"{folder}/ein bild, ü.txt", "hello");
        var error = (await Project.DotnetAsync(["publish"], folder)).FailedWith("BK3003");
        Assert.That((error.File, error.Line), Is.EqualTo((Project.PathOf($"{folder}/docker files/Dockerfile.größe"), 3)));
        Project.Write($"{folder}/docker files/Dockerfile.größe", "FROM scratch\nCOPY [\"ein bild, ü.txt\", \"/\"]\n");
        (await Project.DotnetAsync(["publish"], folder)).Succeeded();
    }

    [TestCase("-p:ContainerImageTags=\"1.4.0;latest\"")]
    [TestCase("-p:ContainerImageTags=\"1.4.0,latest\"")]
    [TestCase("-p:ContainerImageTags=1.4.0%3Blatest")]
    public async Task Lists_of_tags_may_be_written_as_people_do(string argument)
    {
        WriteConsole();
        (await Project.PublishAsync(argument)).Succeeded();
        Assert.That(await Images.FindAsync(Repository, "1.4.0"), Is.Not.Null);
        Assert.That(await Images.FindAsync(Repository, "latest"), Is.Not.Null);
    }

    [Test]
    public async Task Environment_variables_are_properties()
    {
        Project.Write("image.proj", $"<Project Sdk=\"BuildKit.Tasks/{Machine.Feed.Version}\" />");
        Project.Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
        (await Project.DotnetAsync(["publish"], variables: new Dictionary<string, string?>
        {
            ["ContainerRegistry"] = Machine.Registry.Address,
            ["ContainerRepository"] = Repository,
            ["ContainerImageTags"] = "a\nb",
        })).Succeeded();
        Assert.That((await Images.ManifestAsync(Repository, "a")).Digest, Is.EqualTo((await Images.ManifestAsync(Repository, "b")).Digest));
    }

    [Test]
    public async Task The_users_docker_configuration_is_left_as_it_is()
    {
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /\n");
        var home = Directory.CreateDirectory(Project.PathOf("home")).FullName;
        var config = Directory.CreateDirectory(Path.Combine(home, ".docker/cli-plugins")).Parent!.FullName;
        File.CreateSymbolicLink(
            Path.Combine(config, "cli-plugins/docker-buildx"),
            Path.Combine(Machine.Engine.Environment["DOCKER_CONFIG"], "cli-plugins/docker-buildx"));
        const string text = """{"auths":{},"currentContext":"default","credHelpers":{}}""";
        await File.WriteAllTextAsync(Path.Combine(config, "config.json"), text);
        (await Project.DotnetAsync(["publish"], variables: new Dictionary<string, string?>
        {
            ["HOME"] = home,
            ["DOCKER_CONFIG"] = null,
            ["BUILDX_CONFIG"] = null,
        })).Succeeded();
        Assert.That(await File.ReadAllTextAsync(Path.Combine(config, "config.json")), Is.EqualTo(text));
        // buildx itself writes the file, with no builder in it.
        var current = Path.Combine(config, "buildx/current");
        Assert.That(File.Exists(current) ? await File.ReadAllTextAsync(current) : "\"Name\":\"\"", Does.Contain("\"Name\":\"\""));
    }
}
