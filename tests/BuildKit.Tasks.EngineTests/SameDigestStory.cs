using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Staging;
using BuildKit.Core.Systems;

namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// The same published files are one image, whatever system stages them. Windows stages archives; here the same files are
/// staged both ways, and an engine builds both with the same command.
/// </summary>
public sealed class SameDigestStory : Story
{
    private const long Epoch = 1700000000;
    private const int BaseLayers = 1;

    [TestCase("", TestName = "What_Windows_stages_makes_the_same_digest_as_what_Linux_stages")]
    [TestCase("""<BuildKitRun Include="true" />""", TestName = "And_so_with_a_command_between_the_layers")]
    public async Task One_digest(string items)
    {
        Project.Write("app.csproj", Console(
            "<BuildKitCacheType>None</BuildKitCacheType>",
            """
            <BuildKitCopy Include="tool.sh;notes/*.txt" Destination="/app/data/" Owner="1654:0" />
            <BuildKitCopy Include="tool.sh" Destination="/etc/shop/" Mode="0750" />
            <Content Include="wwwroot/**;start" CopyToPublishDirectory="Always" />
            """ + items));
        Project.Write("Program.cs", "System.Console.WriteLine(\"hello\");");
        // Files of its own: the exporter takes the text of a layer's history from the build that made the layer, with the step's number there.
        Project.Write("tool.sh", $"#!/bin/sh\n# {Repository}\n");
        Project.Write("start", $"#!/bin/sh\n# {Repository}\n");
        Project.Write("notes/a b.txt", Repository);
        Project.Write("wwwroot/deep/er/[id].js", Repository);
        var docker = Project.Write("recorder/docker", $"""
            #!/bin/sh
            case "$*" in *containerimage.config=*) printf '%s\0' "$@" > '{Project.PathOf("recorder/build")}' ;; esac
            [ "$*" = "buildx version" ] && echo recorded
            exec '{Machine.Engine.ProgramOf("docker")}' "$@"
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var environment = new Dictionary<string, string?>
        {
            ["SOURCE_DATE_EPOCH"] = $"{Epoch}",
            ["PATH"] = $"{Path.GetDirectoryName(docker)}:{Machine.Engine.Environment["PATH"]}",
        };
        (await Project.DotnetAsync(["publish"], "", environment)).Succeeded();
        var onLinux = await ImageText.LinesAsync(Images, Repository, BaseLayers);

        var context = Project.PathOf("obj/Release/net10.0/buildkit/app.context");
        var output = new PublishOutput
        {
            Folder = Project.PathOf("bin/Release/net10.0/publish"),
            BaseImage = "",
            Config = new() { Command = new() },
            Layers = new Dictionary<string, PublishLayer> { ["wwwroot/deep/er/[id].js"] = PublishLayer.StaticAssets },
            Copies =
            [
                new(Project.PathOf("tool.sh"), "/app/data/", "tool.sh", "", "1654:0"),
                new(Project.PathOf("notes/a b.txt"), "/app/data/", "a b.txt", "", "1654:0"),
                new(Project.PathOf("tool.sh"), "/etc/shop/", "tool.sh", "0750", ""),
            ],
        };
        StagingFolder.Fill([(output, "")], context, HostSystem.Windows, DateTimeOffset.FromUnixTimeSeconds(Epoch));
        Assert.That(Directory.GetFiles(context).Select(file => Path.GetFileName(file)),
            Is.EquivalentTo(new[] { "application", "staticassets", "copy0", "copy1" }), "archives");
        var arguments = (await File.ReadAllTextAsync(Project.PathOf("recorder/build"))).TrimEnd('\0').Split('\0');
        var variables = new Dictionary<string, string>(Machine.Engine.Environment) { ["SOURCE_DATE_EPOCH"] = $"{Epoch}" };
        (await Command.RunAsync(Machine.Engine.ProgramOf("docker"), arguments, Project.PathOf(""), variables)).Succeeded();

        var onWindows = await ImageText.LinesAsync(Images, Repository, BaseLayers);
        Assert.That(onWindows, Is.EqualTo(onLinux));
    }
}
