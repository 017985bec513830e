using System.Security.Cryptography;

namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>
/// The same published files are one image on Windows and on Linux. Both publish the same sources, of which the compiler makes the same
/// assembly when it writes no symbols; only app.deps.json and app.runtimeconfig.json have the line ends of the system where the SDK
/// wrote them, so those are copied.
/// </summary>
public sealed class WindowsDigestStory : WindowsStory
{
    private const int BaseLayers = 1;

    private const string Properties = """
        <DebugType>none</DebugType>
        <Deterministic>true</Deterministic>
        <UseAppHost>false</UseAppHost>
        <BuildKitCacheType>None</BuildKitCacheType>
        """;

    private const string Items = """
        <BuildKitCopy Include="tool.sh;notes/*.txt" Destination="/app/data/" Owner="1654:0" />
        <BuildKitCopy Include="tool.sh" Destination="/etc/shop/" Mode="0750" />
        <Content Include="wwwroot/**;start" CopyToPublishDirectory="Always" />
        """;

    [Test]
    public async Task The_same_sources_are_the_same_image_on_Windows_and_on_Linux()
    {
        const string Epoch = "1700000000";
        Variables["SOURCE_DATE_EPOCH"] = Epoch;
        WriteProject("windows");
        (await WindowsAsync(["publish"], "windows")).Succeeded();
        var onWindows = await ImageText.LinesAsync(Images, Repository, BaseLayers);
        Assert.That(Directory.GetFiles(Project.PathOf("windows/obj/Release/net10.0/buildkit/app.context")).Select(Path.GetFileName),
            Does.Contain("application"), "archives, as Windows stages them");

        WriteProject("linux", """
              <Target Name="TakeTheFilesOfWindows" AfterTargets="CopyFilesToPublishDirectory">
                <Copy SourceFiles="../windows/$(PublishDir)/app.runtimeconfig.json" DestinationFolder="$(PublishDir)" />
                <Copy SourceFiles="../windows/$(PublishDir)/app.deps.json" DestinationFolder="$(PublishDir)" />
              </Target>
            """);
        (await Project.DotnetAsync(["publish"], "linux", new Dictionary<string, string?> { ["SOURCE_DATE_EPOCH"] = Epoch })).Succeeded();
        Assert.That(Contents("linux"), Is.EqualTo(Contents("windows")), "the same files");
        Assert.That(await ImageText.LinesAsync(Images, Repository, BaseLayers), Is.EqualTo(onWindows));
    }

    private IEnumerable<string> Contents(string folder)
    {
        var published = Project.PathOf(folder + "/bin/Release/net10.0/publish");
        return Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(published, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}");
    }

    private void WriteProject(string folder, string target = "")
    {
        Write($"{folder}/app.csproj", Console(Properties, Items).Replace("</Project>", target + "</Project>", StringComparison.Ordinal));
        Write($"{folder}/Program.cs", "System.Console.WriteLine(\"hello\");\n");
        Write($"{folder}/tool.sh", $"#!/bin/sh\n# {Repository}\n");
        Write($"{folder}/start", $"#!/bin/sh\n# {Repository}\n");
        Write($"{folder}/notes/a b.txt", Repository);
        Write($"{folder}/wwwroot/deep/er/[id].js", Repository);
    }
}
