using BuildKit.Core.Diagnostics;
using BuildKit.Core.Tests.Diagnostics.Examples;

namespace BuildKit.Core.Tests.Diagnostics;

public sealed class DiagnosticExamplesTests
{
    private static IReadOnlyList<DiagnosticDescriptor> All => DiagnosticCatalogue.All;

    [TestCaseSource(nameof(All))]
    public void Each_code_has_an_example(DiagnosticDescriptor entry)
    {
        var example = DiagnosticExamples.Of(entry.Code);
        Assert.That(example, Is.Not.Null, $"add one to the fitting file in src/BuildKit.Core/Diagnostics/Examples");
        Assert.Multiple(() =>
        {
            Assert.That(example!.Descriptor, Is.SameAs(entry));
            Assert.That(DiagnosticExamples.Line(example), Does.Not.Contain("{").Or.Contains("\": {").Or.Contains("${"),
                "every placeholder is filled in");
            Assert.That(DiagnosticExamples.Line(example), Does.Not.Contain("  ").Or.Contains("\n    "), "no argument is empty in the middle");
        });
    }

    [Test]
    public void An_example_is_written_as_MSBuild_writes_it()
    {
        string[] lines =
        [
            DiagnosticExamples.Line(DockerfileDiagnostics.ParseError.At(new SourceLocation("Dockerfile", 3), "x")),
            DiagnosticExamples.Line(CacheDiagnostics.GitHubTokenMissing.At(new SourceLocation("a.csproj", 3, 5)))[..30],
            DiagnosticExamples.Line(EngineDiagnostics.CliNotFound.At(new SourceLocation("a.csproj")))[..28],
            DiagnosticExamples.Line(DevSpaceDiagnostics.RandomTag.With("api"))[..20],
        ];
        Assert.That(lines, Is.EqualTo(new[]
        {
            "Dockerfile(3): error BK3003: The Dockerfile cannot be read: x. Correct this line.",
            "a.csproj(3,5): warning BK4007:",
            "a.csproj : error BK1001: Doc",
            "BK6117: The image \"a",
        }));
    }
}
