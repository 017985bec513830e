using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Tests.Settings;

/// <summary>A project in a folder of its own, whose settings a test writes down as a project does.</summary>
internal sealed class TestSettings : IDisposable
{
    private readonly Dictionary<string, string> properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<SettingItem>> items = [];
    private readonly List<string> lines = ["<Project Sdk=\"Microsoft.NET.Sdk\">"];

    public TestSettings(string? dockerfile = "FROM scratch\n")
    {
        if (dockerfile is not null)
        {
            Folder.Write("Dockerfile", dockerfile);
        }
    }

    public TestFolder Folder { get; } = new();

    public string ProjectFile => Folder.Full("Shop.Api.csproj");

    public Dictionary<string, string> Environment { get; } = [];

    public RecordingSink Sink { get; } = new();

    /// <summary>Sets a property, each on a line of its own; the first one is on line 2.</summary>
    public TestSettings Set(string name, string value)
    {
        properties[name] = value;
        if (name == "PublishDir")
        {
            // Known from the SDK, not written in the project.
            properties["UsingMicrosoftNETSdk"] = "true";
        }

        lines.Add($"  <{name}>{value}</{name}>");
        return this;
    }

    /// <summary>Adds an item, on a line of its own like a property.</summary>
    public TestSettings Item(string name, string include, params (string Name, string Value)[] metadata)
    {
        if (!items.TryGetValue(name, out var list))
        {
            items[name] = list = [];
        }

        list.Add(new SettingItem(include, metadata.ToDictionary(pair => pair.Name, pair => pair.Value)));
        lines.Add($"    <{name} Include=\"{include}\" />");
        return this;
    }

    /// <summary>A publish folder with one file, and a base image.</summary>
    public TestSettings Published()
    {
        Folder.Write("out/Shop.Api.dll", "x");
        return Set("PublishDir", "out/").Set("ContainerBaseImage", "base:1").Set("BuildKitImageSource", "PublishOutput");
    }

    public ImageSettings Build(string name = "Shop.Api")
    {
        File.WriteAllLines(ProjectFile, [.. lines, "</Project>"]);
        return new ImageSettings(
            name, ProjectFile,
            new Dictionary<string, string>(properties, StringComparer.OrdinalIgnoreCase) { ["_BuildKitIntermediateFolder"] = Folder.Full("obj") },
            items.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<SettingItem>)pair.Value), new(Environment));
    }

    public BuildRequest? Read(string name = "Shop.Api") => BuildRequestReader.Read(Build(name), Sink);

    /// <summary>The request of settings that must be right.</summary>
    public BuildRequest ReadRight(string name = "Shop.Api")
    {
        var request = Read(name);
        Assert.That(Sink.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        return request!;
    }

    public void Dispose() => Folder.Dispose();
}
