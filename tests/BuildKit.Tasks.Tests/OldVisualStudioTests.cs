using System.Xml.Linq;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Tests;
using Microsoft.Build.Evaluation;

namespace BuildKit.Tasks.Tests;

/// <summary>BK1000, the one error that no task can raise: MSBuild of the .NET Framework before version 18 cannot load them.</summary>
[NonParallelizable]
public sealed class OldVisualStudioTests
{
    private static XElement Error => XDocument.Load(Repository.PathOf("build/BuildKit.Tasks.Plan.targets")).Descendants("Error").Single();

    // MSBuild's own properties cannot be set, so the condition is tried with others in their place.
    [TestCase("Full", "17.14.8", "BK1000")]
    [TestCase("Full", "18.0.1", "")]
    [TestCase("Core", "17.7.2", "")]
    public void Is_refused_and_no_other(string runtime, string version, string code)
    {
        using var folder = new TestFolder();
        var error = Error.ToString().Replace("MSBuildRuntimeType", "Runtime", StringComparison.Ordinal).Replace("MSBuildVersion", "Version", StringComparison.Ordinal);
        var file = folder.Write("a.proj", $"<Project><PropertyGroup><Runtime>{runtime}</Runtime><Version>{version}</Version></PropertyGroup><Target Name=\"A\">{error}</Target></Project>");
        using var collection = new ProjectCollection();
        var log = new RecordingLogger();
        collection.LoadProject(file).CreateProjectInstance().Build(["A"], [log]);
        Assert.That(log.Errors.Select(found => found.Code), Is.EqualTo(code.Length == 0 ? [] : new[] { code }));
    }

    [Test]
    public void The_text_is_that_of_the_catalogue() =>
        Assert.That(Error.Attribute("Text")!.Value, Is.EqualTo(EngineDiagnostics.MSBuildTooOld.With("$(MSBuildVersion)").Message));
}
