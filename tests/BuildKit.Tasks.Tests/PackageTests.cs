using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using BuildKit.Core.Tests;

namespace BuildKit.Tasks.Tests;

[Category("Packs")]
[NotUnderWine(Wine.Signatures)]
[NonParallelizable]
public sealed class PackageTests
{
    [Test]
    public void Holds_exactly_the_approved_files() => Repository.AssertApproved("nuget/package-contents.txt", Files(PackedPackage.Folder));

    [Test]
    public void Brings_no_dependency_to_its_users()
    {
        var metadata = Nuspec().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
        Assert.That(metadata, Does.Not.ContainKey("dependencies").And.Not.ContainKey("frameworkAssemblies"));
        Assert.That(metadata["developmentDependency"], Is.EqualTo("true"));
        Assert.That((metadata["id"], metadata["version"]), Is.EqualTo(("BuildKit.Tasks", "1.0.0-test1")));
    }

    [Test]
    public void Shows_what_it_is_and_under_which_license()
    {
        var metadata = Nuspec().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
        Assert.That(metadata["license"], Is.EqualTo("MIT"));
        foreach (var name in new[] { "readme", "icon" })
        {
            Assert.That(new FileInfo(Path.Combine(PackedPackage.Folder, metadata[name])).Length, Is.GreaterThan(0), name);
        }

        Assert.That(File.Exists(Path.Combine(PackedPackage.Folder, "LICENSE")), Is.True);
        Assert.That(metadata["description"], Has.Length.GreaterThan(50));
    }

    [Test]
    public void Has_the_page_and_the_release_notes_that_the_repository_has()
    {
        var page = File.ReadAllText(Path.Combine(PackedPackage.Folder, "PACKAGE.md"));
        Assert.That(page.TrimEnd(), Is.EqualTo(File.ReadAllText(Repository.PathOf("nuget/PACKAGE.md")).TrimEnd()));
        var notes = Nuspec().Elements().Single(element => element.Name.LocalName == "releaseNotes").Value.ReplaceLineEndings("\n").Trim();
        Assert.That(notes, Has.Length.GreaterThan(500));
        Assert.That(File.ReadAllText(Repository.PathOf("nuget/CHANGELOG.md")), Does.Contain(notes));
    }

    [Test]
    public void Names_no_address_unless_whoever_packs_gives_one() =>
        Assert.That(Nuspec().Elements().Select(element => element.Name.LocalName), Has.None.EqualTo("projectUrl"));

    [Test]
    public void Links_lead_where_whoever_packs_says()
    {
        var package = PackedPackage.PackWith("-p:DocumentationUrl=https://docs.example.com/1.0", "-p:PackageProjectUrl=https://docs.example.com");
        var page = File.ReadAllText(Path.Combine(package, "PACKAGE.md"));
        Assert.That(page, Does.Contain("](https://docs.example.com/1.0/reference.md)").And.Not.Contain("](docs/"));
        Assert.That(File.ReadAllText(Path.Combine(package, "BuildKit.Tasks.nuspec")), Does.Contain("<projectUrl>https://docs.example.com"));
        var core = File.ReadAllText(Path.Combine(package, "tools/net8.0/BuildKit.Core.dll"), Encoding.Latin1);
        Assert.That(core, Does.Contain("https://docs.example.com/1.0"));
    }

    [Test]
    public void Has_the_page_to_which_help_links_lead()
    {
        var link = BuildKit.Core.Diagnostics.HelpPage.Link("BK1001", "", Path.Combine(PackedPackage.Folder, "tools/net8.0"));
        Assert.That(File.ReadAllText(new Uri(link!).LocalPath), Does.Contain("<h3 id=\"bk1001\">"));
        Assert.That(new Uri(link!).Fragment, Is.EqualTo("#bk1001"));
    }

    [TestCase("BuildKit.Core.dll")]
    [TestCase("BuildKit.Tasks.dll")]
    public void Has_its_symbols_inside_its_assemblies(string name)
    {
        using var reader = new PEReader(File.OpenRead(Tool(name)));
        Assert.That(reader.ReadDebugDirectory().Select(entry => entry.Type),
            Does.Contain(DebugDirectoryEntryType.EmbeddedPortablePdb).And.Contain(DebugDirectoryEntryType.Reproducible));
    }

    [Test]
    public void Ships_no_assembly_of_MSBuild() =>
        Assert.That(Files(PackedPackage.Folder), Has.None.StartsWith("tools/net8.0/Microsoft.Build").And.None.StartsWith("buildTransitive"));

    [Test]
    public void Every_assembly_that_its_tasks_need_lies_beside_them()
    {
        var needed = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Tool("BuildKit.Tasks.deps.json"))).RootElement
            .GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
            .SelectMany(library => library.Value.TryGetProperty("runtime", out var runtime)
                ? runtime.EnumerateObject().Select(file => Path.GetFileName(file.Name))
                : [])
            .ToList();
        Assert.That(needed, Does.Contain("CliWrap.dll"));
        Assert.That(needed.Where(file => !File.Exists(Tool(file))), Is.Empty);
    }

    [Test]
    public void Is_the_same_when_it_is_packed_twice()
    {
        var before = Directory.GetFiles(Path.Combine(PackedPackage.Folder, "tools/net8.0")).ToDictionary(file => Path.GetFileName(file), Hash);
        var again = PackedPackage.PackAgain();
        Assert.That(Files(again), Is.EqualTo(Files(PackedPackage.Folder)));
        Assert.That(before.Where(pair => Hash(Path.Combine(again, "tools/net8.0", pair.Key)) != pair.Value).Select(pair => pair.Key), Is.Empty);
    }

    private static string Tool(string name) => Path.Combine(PackedPackage.Folder, "tools/net8.0", name);

    private static string Hash(string file) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));

    private static XElement Nuspec() => XDocument.Load(Path.Combine(PackedPackage.Folder, "BuildKit.Tasks.nuspec")).Root!.Elements().First();

    // Without what every package has, and what has a random name.
    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
        .Where(file => file is not "[Content_Types].xml" && !file.StartsWith("_rels/", StringComparison.Ordinal)
            && !file.StartsWith("package/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
