using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Compose;
using BuildKit.Core.Tests.DevSpace;

namespace BuildKit.Core.Tests.Compose;

public sealed partial class ComposeCorpusTests
{
    private static string Corpus => SourceFolder.Of("Compose/Corpus");

    private static IEnumerable<string> Cases =>
        Directory.EnumerateFiles(Corpus, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    [TestCaseSource(nameof(Cases))]
    public void File_gives_what_is_written_beside_it(string name)
    {
        var found = Describe(name);
        var golden = Path.Combine(Corpus, name + ".txt");
        if (Environment.GetEnvironmentVariable("BUILDKIT_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, found);
        }

        Assert.That(found, Is.EqualTo(File.Exists(golden) ? File.ReadAllText(golden) : ""), "run the tests with BUILDKIT_UPDATE_GOLDEN=1");
        Assert.That(found.Contains("error BK", StringComparison.Ordinal), Is.EqualTo(name.StartsWith("error-", StringComparison.Ordinal)));
    }

    [Test]
    public void Override_file_of_the_default_name_is_read_too()
    {
        using var folder = new TestFolder();
        var file = folder.Write("compose.yaml", "services: {app: {build: {context: ., target: one}}}");
        folder.Write("compose.override.yml", "services: {app: {build: {target: two}}}");
        var images = ComposeImages.Describe([file], Options(folder, ""), new CollectingSink());
        Assert.That(images.Single().Metadata["BuildKitTargetStage"], Is.EqualTo("two"));
    }

    [Test]
    public void Only_services_of_a_Dockerfile_are_taken_when_one_is_given()
    {
        using var folder = new TestFolder();
        var file = folder.Write("c.yaml", "services: {a: {build: {context: ., dockerfile: src/a/Dockerfile}}, b: {build: src/b}}");
        var images = ComposeImages.Describe([file], Options(folder, "") with { Dockerfile = folder.Full("src/a/Dockerfile") }, new CollectingSink());
        Assert.That(images.Select(image => (image.Name, image.Metadata["BuildKitContext"])), Is.EqualTo(new[] { ("a", folder.Path) }));
    }

    private static string Describe(string name)
    {
        using var folder = new TestFolder();
        foreach (var file in Directory.EnumerateFiles(Corpus, "*.yaml", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(Corpus, file), File.ReadAllText(file));
        }

        folder.Write(".env", "FROM_DOTENV=\"dotenv\" # comment\nexport SET=not this\n");
        var text = File.ReadAllText(folder.Full(name + ".yaml"));
        var files = Values(text, "files").DefaultIfEmpty(name + ".yaml").SelectMany(value => value.Split(' ')).Select(folder.Full).ToList();
        var sink = new CollectingSink();
        var images = ComposeImages.Describe(files, Options(folder, text), sink);
        var result = new StringBuilder();
        foreach (var found in sink.Found)
        {
            result.Append(null,
                $"{found.Severity.ToString().ToLowerInvariant()} {found.Code} {Path.GetFileName(found.Location!.File)}({found.Location.Line},{found.Location.Column}): {found.Message}\n");
        }

        foreach (var image in images)
        {
            result.Append(null, $"\n{image.Name}\n");
            image.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList()
                .ForEach(pair => result.Append(null, $"  {pair.Key} = {pair.Value}\n"));
            image.Items.ToList()
                .ForEach(item =>
                    result.Append(
                        $"  {item.ItemName} {item.Include} {string.Join(' ', item.Metadata.Select(pair => $"{pair.Key}={pair.Value}"))}".TrimEnd())
                        .Append('\n'));
        }

        return TestFolder.Slashes(result.ToString())
            .Replace(TestFolder.Slashes(Path.GetDirectoryName(folder.Path)!), "", StringComparison.Ordinal)
            .Replace("/" + Path.GetFileName(folder.Path), "…", StringComparison.Ordinal);
    }

    private static ComposeOptions Options(TestFolder folder, string text) => new()
    {
        Environment = new(Values(text, "env").Select(value => value.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))),
        Profiles = [.. Values(text, "profiles")],
        Services = [.. Values(text, "services")],
        IntermediateFolder = folder.Full("obj"),
    };

    private static IEnumerable<string> Values(string text, string name) =>
        Comment().Matches(text).Where(match => match.Groups[1].Value == name).Select(match => match.Groups[2].Value);

    [GeneratedRegex("(?m)^# ([a-z]+): (.*)$")]
    private static partial Regex Comment();
}
