using System.Text.RegularExpressions;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;
using BuildKit.Core.Tests.DevSpace;
using Microsoft.Build.Evaluation;

namespace BuildKit.Tasks.Tests;

/// <summary>A folder without its devspace.yaml, whose project imports what was made of it.</summary>
internal sealed partial class ClonedCase : IDisposable
{
    private readonly DevSpaceOptions options;
    private readonly string folder = Directory.CreateTempSubdirectory("buildkit-clone-").FullName;
    private readonly string root;

    public ClonedCase(string tree, string rootInTree, DevSpaceOptions options)
    {
        (this.options, root) = (options, Path.Combine(folder, rootInTree));
        Copy(tree, folder);
        File.Delete(Path.Combine(root, "devspace.yaml"));
    }

    private string ProjectFile => Path.Combine(root, "images.proj");

    /// <summary>The requests, by the names of their images.</summary>
    /// <param name="properties">Properties of a command line: <c>-p:NAME=VALUE -p:...</c>.</param>
    public Dictionary<string, string> Requests(string properties) =>
        Images(properties).ToDictionary(settings => settings.Name, settings => Text(settings, folder));

    /// <summary>The references that are built with the properties of a command line.</summary>
    public IEnumerable<string> References(string properties) =>
        Images(properties).SelectMany(settings => Request(settings).Tags).Select(tag => tag.ToString());

    /// <summary>Exports the project; gives the images, with the properties of their commands.</summary>
    public IReadOnlyList<(string Image, string Properties)> Export()
    {
        var requests = Images("").ConvertAll(Request);
        var text = DevSpaceExport.Write(Path.Combine(root, "devspace.images.yaml"), requests, []);
        return [.. Exported().Matches(text).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A project with the items of a case.</summary>
    public static ProjectSettings Project(
        string root, DevSpaceOptions options, IReadOnlyDictionary<string, IReadOnlyList<SettingItem>> items,
        IReadOnlyDictionary<string, string> properties)
    {
        var all = new Dictionary<string, string>(properties, StringComparer.OrdinalIgnoreCase)
        {
            ["_BuildKitIntermediateFolder"] = Path.Combine(root, "obj"),
            ["ContainerRegistry"] = options.Registry,
        };
        var secrets = new[] { "NPM_TOKEN", "BY_NAME", "B" }.Select(name => KeyValuePair.Create(name, "t"));
        var environment = new BuildEnvironment(options.Environment.Variables.Concat(secrets));
        return new ProjectSettings(Path.Combine(root, "images.proj"), all, items, environment);
    }

    /// <summary>The request of an image as a text.</summary>
    public static string Text(ImageSettings settings, string folder)
    {
        var request = Request(settings);
        var caches = new[] { "BuildKitCacheFrom", "BuildKitCacheTo" }.SelectMany(kind => settings.ItemsOf(kind).Select(item =>
            $"{kind} {item.Include} {string.Join(' ', item.Metadata.Where(pair => pair.Key != "Image").OrderBy(pair => pair.Key))}"));
        return RequestText.Of(request, caches, folder);
    }

    private static BuildRequest Request(ImageSettings settings)
    {
        var sink = new CollectingSink();
        var root = Path.GetDirectoryName(settings.ProjectFile)!;
        // What items of the cases name.
        foreach (var file in settings.ItemsOf("BuildKitSecret").Select(item => item["File"]).Where(file => file.Length > 0))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
            File.WriteAllText(Path.Combine(root, file), "s");
        }

        var contexts = settings.ItemsOf("BuildKitNamedContext").Select(item => item["Source"]).Where(source => !NamedContext.HasScheme(source));
        contexts.ToList().ForEach(context => Directory.CreateDirectory(Path.Combine(root, context)));

        var request = BuildRequestReader.Read(settings, sink);
        Assert.That(sink.Found.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.Message), Is.Empty);
        return request!;
    }

    private List<ImageSettings> Images(string properties)
    {
        File.WriteAllText(ProjectFile, "<Project><Import Project=\"devspace.images.targets\" /></Project>");
        // DevSpace fills its tag in.
        static string Filled(string value) =>
            value.StartsWith("${runtime.images.", StringComparison.Ordinal) ? "from-devspace" : value.Trim('\'');
        var global = Given().Matches(properties).ToDictionary(match => match.Groups[1].Value, match => Filled(match.Groups[2].Value));
        using var collection = new ProjectCollection();
        var project = new Project(ProjectFile, global, null, collection);
        var items = project.Items.GroupBy(item => item.ItemType).ToDictionary(kind => kind.Key, kind => (IReadOnlyList<SettingItem>)
            [.. kind.Select(item => new SettingItem(item.EvaluatedInclude, Metadata(item)))]);
        var settings = Project(root, options, items, global);
        return [.. ImageSelection.Of(settings).Images.Select(image => settings.ForImage(image.Include, image.Metadata))];
    }

    private static Dictionary<string, string> Metadata(Microsoft.Build.Evaluation.ProjectItem item) =>
        item.DirectMetadata.ToDictionary(one => one.Name, one => one.EvaluatedValue);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(from, file).Split('/').Contains("obj")))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    [GeneratedRegex(@"image: '(.*)'\n\s+custom:\n\s+command: \|-\n\s+dotnet build (.*)\n")]
    private static partial Regex Exported();

    [GeneratedRegex(@"-p:(\w+)=('[^']*'|\S*)")]
    private static partial Regex Given();
}
