using BuildKit.Core.BuildContexts;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Our ignore rules against BuildKit's: what arrives of a context is what we say is sent.</summary>
public sealed class BuildContextStory : Story
{
    private static readonly string[] Files =
    [
        "Dockerfile", "a.txt", "b.md", "src/a.txt", "src/b.cs", "src/bin/x.dll", "src/bin/keep/y.txt", "src/obj/z", "node_modules/p/index.js",
        "docs/read.me", "docs/deep/er/file.txt", "docs/deep/other.txt", ".git/HEAD", ".env", "x y/ü.txt", "[a]/b.txt", "tmp1/t", "tmp2/t",
        "build/out.txt",
    ];

    [TestCase("")]
    [TestCase("bin\nobj\n")]
    [TestCase("**/bin\n**/obj\n.git\n")]
    [TestCase("*\n!src\n**/bin\n")]
    [TestCase("*\n!src/**\nsrc/bin\n!src/bin/keep\n")]
    [TestCase("**\n!docs/deep/er/file.txt\n!a.txt\n")]
    [TestCase("# comment\n\n  docs/  \n!docs/read.me\n/a.txt\n./b.md\n")]
    [TestCase("tmp?\nsrc/*.t?t\n*.md\n")]
    [TestCase("x y\n\\[a\\]\n.*\n")]
    [TestCase("docs\n!docs/deep\ndocs/deep/er\n")]
    [TestCase("src/../docs\n!**/*.txt\n")]
    [TestCase("**/*.txt\n!**/deep/**\n")]
    [TestCase("\uFEFF*.txt\r\nsrc\r\n")]
    [TestCase("!a.txt\n*.txt\n")]
    [TestCase("[a-b].*\n[^s]*/t\n")]
    public async Task What_we_say_is_sent_is_what_arrives(string rules)
    {
        foreach (var file in Files)
        {
            Project.Write("context/" + file, "x");
        }

        Project.Write("context/Dockerfile", "FROM scratch\nCOPY . /x\n");
        Project.Write("context/.dockerignore", rules);
        var context = Project.PathOf("context");
        var ignore = DockerIgnore.Load(context, Path.Combine(context, "Dockerfile"));
        var said = All(context).Where(file => !ignore.IsIgnored(file));

        var target = Project.PathOf("arrived");
        (await Machine.Engine.DockerAsync("buildx", "build", "--output", $"type=local,dest={target}", context)).Succeeded();
        Assert.That(All(Path.Combine(target, "x")), Is.EquivalentTo(said));
    }

    [Test]
    public async Task An_ignore_file_of_the_Dockerfile_comes_before_that_of_the_context()
    {
        Project.Write("c/.dockerignore", "a");
        Project.Write("c/a", "");
        Project.Write("c/b", "");
        Project.Write("my.Dockerfile", "FROM scratch\nCOPY . /x\n");
        Project.Write("my.Dockerfile.dockerignore", "b\n.dockerignore");
        var target = Project.PathOf("arrived");
        (await Machine.Engine.DockerAsync("buildx", "build", "-f", Project.PathOf("my.Dockerfile"), "--output", $"type=local,dest={target}",
            Project.PathOf("c"))).Succeeded();
        var ignore = DockerIgnore.Load(Project.PathOf("c"), Project.PathOf("my.Dockerfile"));
        Assert.That(All(Path.Combine(target, "x")),
            Is.EqualTo(new[] { "a" }).And.EqualTo(All(Project.PathOf("c")).Where(file => !ignore.IsIgnored(file))));
    }

    [Test]
    public async Task DevSpaces_ignore_file_comes_first_in_its_projects()
    {
        Project.Write("images.proj",
            WithoutCode("<BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile>",
                $"<BuildKitOutput Include=\"local\" Path=\"{Project.PathOf("arrived")}\" />"));
        Project.Write("devspace.yaml", "version: v2beta1\nname: x\nimages: {app: {image: app, context: c, dockerfile: c/Dockerfile}}\n");
        Project.Write("c/Dockerfile", "FROM scratch\nCOPY . /x\n");
        Project.Write("c/devspace.dockerignore", "not-for-devspace");
        Project.Write("c/.dockerignore", "not-for-docker");
        Project.Write("c/not-for-devspace", "");
        Project.Write("c/not-for-docker", "");
        Project.Write("c/.devspace/cache.yaml", "");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(All(Project.PathOf("arrived/x")), Is.EquivalentTo(new[] { "Dockerfile", "devspace.dockerignore", "not-for-docker" }));
    }

    private static List<string> All(string folder) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))];
}
