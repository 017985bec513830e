using System.Text;

namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>
/// A story on Windows: the packed package in the SDK of Windows, under Wine. Its docker.exe is a stand-in that keeps what it
/// was asked and, unless a story says otherwise, hands it on to Docker of this machine (<see cref="DockerBridge"/>). One at a time:
/// Wine's processes share a server.
/// </summary>
[Category("Windows")]
[NonParallelizable]
[CancelAfter(1_200_000)]
#pragma warning disable CA1001 // CloseDocker disposes of the bridge after each test.
public abstract class WindowsStory : Story
#pragma warning restore CA1001
{
    private DockerBridge? bridge;
    private int commands;

    /// <summary>What docker.exe was asked.</summary>
    internal DockerBridge Docker => bridge!;

    /// <summary>Further variables of the commands.</summary>
    protected Dictionary<string, string> Variables { get; } = [];

    /// <summary>The folder of the projects on this machine.</summary>
    protected string Folder { get; set; } = "";

    /// <summary>Folder of docker.exe; its name has a space, so it is quoted in Path.</summary>
    private string Programs => Project.PathOf("my docker");

    [SetUp]
    public async Task MakeDockerAsync()
    {
        await WindowsSdk.SetUpAsync();
        bridge = new DockerBridge(Machine.Engine);
        Folder = Project.Folder;
        Directory.CreateDirectory(Path.Combine(Programs, "cli-plugins"));
        foreach (var file in new[] { "docker.exe", "cli-plugins/docker-buildx.exe" })
        {
            File.Copy(Path.Combine(WindowsSdk.Home, "standin", file), Path.Combine(Programs, file));
        }

        Variables["DOCKER_STANDIN_PORT"] = $"{bridge.CallPort}";
        Variables["DOCKER_HOST"] = bridge.ApiAddress;
        Variables["DOCKER_CONFIG"] = WindowsPath.Of(Directory.CreateDirectory(Project.PathOf("docker config")).FullName);
    }

    [TearDown]
    public void CloseDocker()
    {
        bridge?.Dispose();
        WindowsPath.RemoveFromDriveC();
    }

    /// <summary>Writes a file below the folder of the projects, with line ends of Windows.</summary>
    protected string WriteCrLf(string path, string text) => Write(path, text.ReplaceLineEndings("\r\n"));

    /// <summary>Writes a file below the folder of the projects.</summary>
    protected string Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text, new UTF8Encoding(false));
        return file;
    }

    /// <summary>Runs <c>dotnet</c> on Windows.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where, below the folder of the projects; or a path of Windows.</param>
    protected async Task<DotnetResult> WindowsAsync(IEnumerable<string> arguments, string folder = "")
    {
        var binlog = Path.Combine(Project.Folder, $"windows{++commands}.binlog");
        var variables = new Dictionary<string, string>(Variables)
        {
            ["NUGET_PACKAGES"] = WindowsPath.Of(TestRun.Packages),
            ["NuGetAudit"] = "false",
        };
        var where = folder.Contains(':', StringComparison.Ordinal) ? folder : WindowsPath.Of(Path.Combine(Folder, folder).TrimEnd('/'));
        var result = await WindowsSdk.DotnetAsync(
            where, $"C:\\windows\\system32;\"{WindowsPath.Of(Programs)}\"", variables,
            [.. arguments, $"-bl:{WindowsPath.Of(binlog)};ProjectImports=None", "-nodeReuse:false"]);
        TestContext.Out.WriteLine($"{result.Line}\n{result.Output}");
        return new DotnetResult(result, binlog);
    }
}
