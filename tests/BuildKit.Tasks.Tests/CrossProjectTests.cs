using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildKit.Core.Tests;
using Microsoft.Build.Evaluation;
using Project = Microsoft.Build.Evaluation.Project;

namespace BuildKit.Tasks.Tests;

/// <summary>What one project calls in another, evaluated in process by the oldest MSBuild supported.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CrossProjectTests : IDisposable
{
    private const string VerbsFile = "nuget/buildMultiTargeting/BuildKit.Tasks.Verbs.targets";

    private readonly TestFolder folder = new();
    private readonly ProjectCollection collection = new();

    private static IEnumerable<string> Files => new[] { "build", "nuget/Sdk", "nuget/buildMultiTargeting" }
        .SelectMany(path => new[] { "*.targets", "*.props", "*.proj" }.SelectMany(pattern => Repository.Files(path, pattern)));

    // A bake has a project of its own.
    private static IEnumerable<XElement> Verbs =>
        Repository.Files("build", "*.targets").Where(file => !file.EndsWith("Bake.targets", StringComparison.Ordinal))
        .SelectMany(file => XDocument.Load(file).Descendants("Target"))
            .Where(target => target.Attribute("Name")!.Value.StartsWith("BuildKit", StringComparison.Ordinal))
        .OrderBy(target => target.Attribute("Name")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Defaults => XDocument.Load(Repository.PathOf("build/BuildKit.Tasks.Defaults.targets"))
        .Descendants("PropertyGroup").Elements().Select(property => property.Name.LocalName).Distinct();

    public void Dispose()
    {
        collection.Dispose();
        folder.Dispose();
    }

    [Test]
    public void The_verbs_of_an_outer_build_are_made_from_those_of_its_inner_builds()
    {
        var text = new StringBuilder(
            "<Project>\n  <!-- Each verb of the package, called in the inner build that is chosen. Written by a test (CrossProjectTests) from the "
                + "files in build/. -->\n");
        foreach (var verb in Verbs)
        {
            var (name, returns) = (verb.Attribute("Name")!.Value, verb.Attribute("Returns")?.Value);
            var call =
                $"<MSBuild Projects=\"$(MSBuildProjectFullPath)\" Targets=\"{name}\" Properties=\"TargetFramework=$(_BuildKitTargetFramework)\"";
            text.Append(CultureInfo.InvariantCulture,
                $"  <Target Name=\"{name}\" DependsOnTargets=\"_BuildKitSelectInnerBuild\"{(returns is null ? "" : $" Returns=\"{returns}\"")}>\n")
                .Append("    ").Append(call);
            text.Append(returns is null
                ? " />\n"
                : $">\n      <Output TaskParameter=\"TargetOutputs\" ItemName=\"{returns[2..^1]}\" />\n    </MSBuild>\n").Append("  </Target>\n");
        }

        text.Append("</Project>\n");
        if (Environment.GetEnvironmentVariable("BUILDKIT_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Repository.PathOf(VerbsFile), text.ToString());
        }

        Assert.That(File.ReadAllText(Repository.PathOf(VerbsFile)), Is.EqualTo(text.ToString()), "run the tests with BUILDKIT_UPDATE_GOLDEN=1");
    }

    [Test]
    public void Every_verb_is_in_inner_and_outer_builds_and_returns_the_same()
    {
        var (inner, outer) = (Inner("_BuildKitBaking"), Outer());
        Assert.That(Verbs.Count(), Is.GreaterThan(8));
        foreach (var name in Verbs.Select(verb => verb.Attribute("Name")!.Value))
        {
            Assert.That(inner.Targets.Keys, Does.Contain(name));
            Assert.That(outer.Targets.Keys, Does.Contain(name));
            Assert.That(outer.Targets[name].Returns, Is.EqualTo(inner.Targets[name].Returns), name);
        }
    }

    [TestCase("_BuildKitBaking", Description = "images.proj, or a solution that bakes")]
    [TestCase("BuildingSolutionFile", Description = "projects of a solution that meet")]
    public void Every_target_that_is_called_in_another_project_is_there(string how)
    {
        var (inner, outer, bake, row) = (Inner(how), Outer(), BakeProject(), Load("build/BuildKit.Tasks.Row.targets"));
        var calls = Files.SelectMany(file => XDocument.Load(file).Descendants("MSBuild"))
            .Select(call => (Projects: call.Attribute("Projects")!.Value, Targets: call.Attribute("Targets")!.Value)).ToList();
        Assert.That(calls, Has.Count.GreaterThan(15));
        foreach (var (projects, targets) in calls)
        {
            foreach (var target in targets.Split(';').SelectMany(ValuesOf).Where(name => name.Contains("BuildKit", StringComparison.Ordinal)))
            {
                Project[] called = projects switch
                {
                    // As it was named: it may be multi-targeted.
                    "@(_BuildKitNamedProject)" => [inner, outer],
                    "%(_BuildKitRow.Identity)" => [row],
                    _ when projects.EndsWith("bake.proj", StringComparison.Ordinal) => [bake],
                    _ => [inner],
                };
                Assert.That(called.Select(project => project.Targets.ContainsKey(target)), Is.All.True, $"{target} in {projects}");
            }
        }
    }

    [TestCaseSource(nameof(Defaults))]
    public void What_bakes_has_the_defaults_of_every_project(string property)
    {
        var expected = Inner("_BuildKitBaking").GetPropertyValue(property);
        Assert.That(BakeProject().GetPropertyValue(property), Is.EqualTo(expected));
        Assert.That(Load("build/BuildKit.Tasks.Solution.targets").GetPropertyValue(property), Is.EqualTo(expected));
    }

    // The values that a property may have, from all places that set it.
    private static IEnumerable<string> ValuesOf(string text) => Regex.Match(text, @"^\$\((\w+)\)$") is { Success: true } match
        ? Files.SelectMany(file => XDocument.Load(file).Descendants(match.Groups[1].Value)).Select(element => element.Value)
        : [text];

    private Project Inner(string how) => Load("build/BuildKit.Tasks.targets", $"""
        <Import Project="{Repository.PathOf("build/BuildKit.Tasks.props")}" />
        <PropertyGroup><IntermediateOutputPath>obj/</IntermediateOutputPath><{how}>true</{how}><BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile></PropertyGroup>
        """);

    private Project Outer() => Load("nuget/buildMultiTargeting/BuildKit.Tasks.targets");

    private Project BakeProject() => new(
        Repository.PathOf("build/bake.proj"),
        new Dictionary<string, string>
        { ["CI"] = "true", ["SolutionDir"] = folder.Path + "/", ["SolutionName"] = "all", ["SolutionPath"] = folder.Full("all.slnx") },
        null,
        collection);

    private Project Load(string import, string before = "")
    {
        var file = folder.Write($"p{Guid.NewGuid():N}.csproj", $"<Project>{before}<Import Project=\"{Repository.PathOf(import)}\" /></Project>");
        return new Project(file, new Dictionary<string, string> { ["CI"] = "true" }, null, collection);
    }
}
