using BuildKit.Core.DevSpace;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Tests.DevSpace;

public sealed class ExportPatternsTests
{
    [Test]
    public void No_pattern_matches_a_folder_that_a_build_writes_into()
    {
        using var folder = new TestFolder();
        foreach (var file in new[] { "image.proj", "Dockerfile", "package.json", "src/a.js", "obj/x.json", ".git/HEAD", "code/code.csproj",
            "code/bin/code.dll", "code/obj/y.json", "code/Program.cs", "scripts/bin/run.sh", "docs/a.md" })
        {
            folder.Write(file);
        }

        folder.Write(".dockerignore", "docs\n");
        Assert.That(Patterns(folder), Is.EquivalentTo(new[]
        {
            "image.proj", "Dockerfile", ".dockerignore", "*.json", "*.proj", "src/**", "code/*.csproj", "code/*.cs", "scripts/**",
        }));
    }

    [Test]
    public void Imported_files_and_those_of_the_folder_above_are_inputs()
    {
        using var folder = new TestFolder();
        folder.Write("image.proj",
            """<Project><Import Project="devspace.images.targets" /><Import Project="$(MSBuildThisFileDirectory)more.props" /><Import Project="x" Sdk="y" /></Project>""");
        folder.Write("devspace.images.targets", """<Project><Import Project="deep/one.targets" /></Project>""");
        folder.Write("more.props", "<Project />");
        folder.Write("deep/one.targets", "<Project />");
        folder.Write("ctx/Dockerfile");
        var request = Request(folder) with { Context = folder.Full("ctx"), Dockerfile = folder.Full("ctx/Dockerfile") };
        Assert.That(new ExportPatterns(folder.Path).Of(request, [folder.Write("Directory.Build.props")]), Is.EquivalentTo(new[]
        {
            "image.proj", "devspace.images.targets", "more.props", "deep/one.targets", "Directory.Build.props", "ctx/Dockerfile", "ctx/**",
        }));
    }

    private static IReadOnlyCollection<string> Patterns(TestFolder folder) => new ExportPatterns(folder.Path).Of(Request(folder), []);

    private static BuildRequest Request(TestFolder folder) => new()
    {
        Name = "image",
        ProjectFile = folder.Full("image.proj"),
        IntermediateFolder = folder.Full("obj"),
        Context = folder.Path,
        Dockerfile = folder.Full("Dockerfile"),
    };
}
