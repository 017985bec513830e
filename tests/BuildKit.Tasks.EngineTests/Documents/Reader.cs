using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>
/// Does what a reader of a page does: makes the files that it shows, puts its fragments into the project, and types its commands,
/// one page in one shell's folder. The registry and the version are those of the test.
/// </summary>
/// <param name="project">The folder.</param>
/// <param name="registry">The registry that stands in for registry.example.com.</param>
/// <param name="variables">Variables of the reader's shell.</param>
internal sealed partial class Reader(TestProject project, string registry, IReadOnlyDictionary<string, string?> variables)
{
    // What the first commands of a page leave, by their text: several pages begin with the same project, which one of them makes.
    private static readonly Dictionary<string, string> Made = [];

    private string folder = project.PathOf("work");
    private string exports = "";
    private string printed = "";

    /// <summary>Does what a block says.</summary>
    public async Task DoAsync(MarkdownBlock block)
    {
        Directory.CreateDirectory(folder);
        switch (block.Language)
        {
            case "bash":
                await TypeAsync(block);
                break;
            case "text":
                Compare(block);
                break;
            case "xml":
                Place(block);
                break;
            default:
                Assert.That(block.File, Is.Not.Empty, $"line {block.Line}: the first line names no file");
                Write(block.File, OfTheTest(block.Text));
                break;
        }
    }

    private async Task TypeAsync(MarkdownBlock block)
    {
        var isFirst = !Directory.EnumerateFileSystemEntries(folder).Any();
        if (isFirst && Made.TryGetValue(block.Text, out var made))
        {
            (await Command.RunAsync("cp", ["-r", made + "/.", project.Folder])).Succeeded();
            EnterFolder();
            return;
        }

        // The folder in which the commands end is that of the next ones.
        var script = $"""
            {exports}{OfTheTest(block.Text)}
            realpath --relative-to='{project.Folder}' . >'{project.PathOf("folder")}'

            """;
        var result = await project.ShellAsync(script, folder, variables);
        printed = result.Output.Replace(registry, "registry.example.com", StringComparison.Ordinal)
            .Replace(Machine.Feed.Version, "1.0.0", StringComparison.Ordinal);
        Assert.That(result.ExitCode, Is.Zero.Or.EqualTo(ExpectedCode(block)), $"line {block.Line}:\n{block.Text}\n{result.Output}");
        exports += string.Concat(block.Text.Split('\n').Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line + "\n"));
        EnterFolder();
        if (isFirst && !block.Text.Contains("publish", StringComparison.Ordinal))
        {
            Made[block.Text] = Directory.CreateDirectory(Path.Combine(TestRun.Folder, $"made-{Made.Count}")).FullName;
            (await Command.RunAsync("cp", ["-r", project.Folder + "/.", Made[block.Text]])).Succeeded();
        }
    }

    private void EnterFolder()
    {
        if (File.Exists(project.PathOf("folder")))
        {
            folder = project.PathOf(File.ReadAllText(project.PathOf("folder")).Trim());
        }
    }

    // A page says with "# fails" behind a command that it is meant to fail.
    private static int ExpectedCode(MarkdownBlock block) => block.Text.TrimEnd().EndsWith("# fails", StringComparison.Ordinal) ? 1 : 0;

    private void Compare(MarkdownBlock block)
    {
        // Of projects that are built at once, any may be first.
        foreach (var line in block.Text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var isPrinted = Regex.IsMatch(printed, Pattern(line), RegexOptions.None, TimeSpan.FromSeconds(10));
            Assert.That(isPrinted, Is.True, $"line {block.Line}: not printed: {line}\n\n{printed}");
        }
    }

    // "…" is anything in a line; digests, times and sizes are any.
    private static string Pattern(string line)
    {
        var pattern = Regex.Escape(line).Replace("…", "[^\\n]*", StringComparison.Ordinal);
        pattern = Digest().Replace(pattern, "sha256:[0-9a-f]+");
        return Figure().Replace(pattern, figure => figure.Groups[1].Value == "s" ? "(?:[0-9]+ min )?[0-9.,]+ s" : @"[0-9.,]+ [kMG]?B");
    }

    private void Place(MarkdownBlock block)
    {
        var xml = OfTheTest(block.Text);
        var fragment = XElement.Parse($"<Root>{xml}</Root>", LoadOptions.PreserveWhitespace);
        if (fragment.Elements().First().Name.LocalName is "Project" or "Solution")
        {
            Assert.That(block.File, Is.Not.Empty, $"line {block.Line}: the first line names no file");
            Write(block.File, xml);
            return;
        }

        // A fragment goes to the end of the project, and replaces what an earlier one said of the same.
        var file = block.File.Length > 0 ? Path.Combine(folder, block.File) : Directory.GetFiles(folder, "*.*proj").Single();
        var document = XDocument.Load(file, LoadOptions.PreserveWhitespace);
        foreach (var element in fragment.Elements())
        {
            Assert.That(element.Name.LocalName, Is.EqualTo("PropertyGroup").Or.EqualTo("ItemGroup").Or.EqualTo("Target"), $"line {block.Line}");
            var isItem = element.Name.LocalName != "PropertyGroup";
            foreach (var same in element.Elements().SelectMany(one => document.Root!.Descendants(one.Name)
                .Where(other => !isItem || (string?)other.Attribute("Include") == (string?)one.Attribute("Include"))).ToList())
            {
                same.Remove();
            }

            document.Root!.Add(element);
        }

        document.Save(file);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
    }

    private string OfTheTest(string text) => Package().Replace(text, "${1}" + Machine.Feed.Version)
        .Replace("registry.example.com", registry, StringComparison.Ordinal)
        .Replace(" package BuildKit.Tasks", " package BuildKit.Tasks --version " + Machine.Feed.Version, StringComparison.Ordinal)
        .Replace(" install BuildKit.Tasks.Templates", " install BuildKit.Tasks.Templates@" + Machine.Feed.Version, StringComparison.Ordinal);

    [GeneratedRegex("(Version=\"|BuildKit\\.Tasks/)1\\.0\\.0")]
    private static partial Regex Package();

    [GeneratedRegex("sha256:[0-9a-f]+")]
    private static partial Regex Digest();

    [GeneratedRegex(@"(?:[0-9,]|\\\.)+\\ (s|B|kB|MB|GB)\b")]
    private static partial Regex Figure();
}
