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
        var condition = new XAttribute("Condition", Error.Attribute("Condition")!.Value
            .Replace("MSBuildRuntimeType", "Runtime", StringComparison.Ordinal).Replace("MSBuildVersion", "Version", StringComparison.Ordinal));
        var file = folder.Write("a.proj", new XElement("Project", new XElement("PropertyGroup",
            new XElement("Runtime", runtime), new XElement("Version", version),
            new XElement("Refused", condition, Error.Attribute("Code")!.Value))).ToString());
        using var collection = new ProjectCollection();
        Assert.That(collection.LoadProject(file).GetPropertyValue("Refused"), Is.EqualTo(code));
    }

    [Test]
    public void The_text_is_that_of_the_catalogue() =>
        Assert.That(Error.Attribute("Text")!.Value, Is.EqualTo(EngineDiagnostics.MSBuildTooOld.With("$(MSBuildVersion)").Message));
}
