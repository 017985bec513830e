using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;
using BuildKit.Core.Staging;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>One file of the corpus: comments at its top say with what it is read (profiles, var, env, commands, tags, activation).</summary>
internal sealed partial class CorpusCase : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly string text;

    public CorpusCase(string file)
    {
        text = File.ReadAllText(file);
        Root = folder.Make("a/b/c");
        DevSpaceFile = folder.Write("a/b/c/devspace.yaml", text);
        var parts = Path.Combine(Path.GetDirectoryName(file)!, "parts");
        foreach (var part in Directory.EnumerateFiles(parts, "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.Combine("a/b/c/parts", Path.GetRelativePath(parts, part)), File.ReadAllText(part));
        }
    }

    public string Root { get; }

    public string DevSpaceFile { get; }

    /// <summary>Full path of the folder that all is in.</summary>
    public string Tree => folder.Path;

    public DevSpaceOptions Options => new()
    {
        Profiles = [.. Values("profiles").SelectMany(value => value.Split(' '))],
        Variables = Pairs("var"),
        AllowCommands = Values("commands").Any(),
        TagsAreGiven = Values("tags").Any(),
        ProfileActivation = !Values("activation").Any(),
        Environment = new BuildEnvironment(Pairs("env"))
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = "/home/someone",
            ["USERPROFILE"] = "/home/someone",
        },
        IntermediateFolder = Path.Combine(Root, "obj"),
    };

    public void Dispose() => folder.Dispose();

    /// <summary>Everything that is made of the file, as text.</summary>
    public string Describe()
    {
        var read = DevSpaceProject.Read(DevSpaceFile, Options, new CollectingSink());
        foreach (var image in read.Where(image => !File.Exists(image.Dockerfile)))
        {
            Directory.CreateDirectory(image.Context);
            Directory.CreateDirectory(Path.GetDirectoryName(image.Dockerfile)!);
            File.WriteAllText(image.Dockerfile, "FROM scratch AS base\nFROM base AS dev\nCMD [\"dev\"]\nFROM base AS production\n");
        }

        var sink = new CollectingSink();
        var images = DevSpaceImages.Describe(DevSpaceFile, Options, sink);
        var result = new StringBuilder();
        foreach (var found in sink.Found)
        {
            result.Append(null, $"{found.Severity.ToString().ToLowerInvariant()} {found.Code} {Place(found.Location)}: {found.Message}\n");
        }

        foreach (var image in images)
        {
            var source = read.Single(candidate => candidate.Name == image.Name);
            result.Append(null, $"\n{image.Name}\n");
            result.Append(null, $"  DevSpace   {string.Join(' ', DevSpaceArguments.Of(source).Select(Quoted))}\n");
            result.Append(null, $"  here       {string.Join(' ', Ours(image).Select(Quoted))}\n");
            foreach (var item in image.Items.Where(item => item.ItemName is "BuildKitCacheFrom" or "BuildKitCacheTo"))
            {
                result.Append(null,
                    $"  {item.ItemName} {item.Include} {string.Join(' ', item.Metadata.Select(pair => $"{pair.Key}={pair.Value}"))}\n");
            }

            var generated = image.Metadata["BuildKitDockerfile"];
            if (generated != source.Dockerfile)
            {
                result.Append("  Dockerfile\n").Append(Regex.Replace(File.ReadAllText(generated), "(?m)^(?=.)", "    "));
            }

            foreach (var (pattern, tag) in source.Tags.Zip(image.Metadata.GetValueOrDefault("ContainerImageTags", "").Split(';'))
                .Where(pair => pair.First.Contains('#')))
            {
                result.Replace(":" + tag, ":" + pattern);
            }
        }

        return TestFolder.Slashes(result.ToString()).Replace(TestFolder.Slashes(Root) + "/", "", StringComparison.Ordinal)
            .Replace(TestFolder.Slashes(folder.Path), "…", StringComparison.Ordinal).TrimEnd() + "\n";
    }

    private IEnumerable<string> Ours(ImageDescription image)
    {
        var items = image.Items.GroupBy(item => item.ItemName).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<SettingItem>)[.. group.Select(item => new SettingItem(item.Include, item.Metadata))]);
        folder.Write("a/b/c/secret.txt", "s");
        folder.Write("a/b/c/keys/id", "k");
        folder.Make("a/b/lib");
        var environment = new BuildEnvironment(Options.Environment.Variables) { ["NPM_TOKEN"] = "t", ["BY_NAME"] = "t" };
        var properties = new Dictionary<string, string>(image.Metadata) { ["_BuildKitIntermediateFolder"] = Path.Combine(Root, "obj") };
        var settings = new ImageSettings(image.Name, Path.Combine(Root, "images.proj"), properties, items, environment);
        var sink = new CollectingSink();
        var request = BuildRequestReader.Read(settings, sink);
        Assert.That(sink.Found.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.Message), Is.Empty);
        var builder = new Builder { Name = "default", Driver = BuilderDriver.Docker, ContainerdStore = true };
        return BuildxCommandLine.Of(request!, BuildSource.Of(request!), builder, "metadata.json").Skip(1);
    }

    private string Place(SourceLocation? location) =>
        location is null ? "" : $"{Path.GetRelativePath(Root, location.File)}({location.Line},{location.Column})";

    private IEnumerable<string> Values(string name) =>
        Comment().Matches(text).Where(match => match.Groups[1].Value == name).Select(match => match.Groups[2].Value);

    private Dictionary<string, string> Pairs(string name) =>
        Values(name).Select(value => value.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static string Quoted(string argument) =>
        argument.Length == 0 || argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;

    [GeneratedRegex("(?m)^# ([a-z]+): (.*)$")]
    private static partial Regex Comment();
}
