using BuildKit.Core.BuildContexts;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.DockerfileChecks;

namespace BuildKit.Core.Tests.DockerfileChecks;

/// <summary>Dockerfiles of the shapes that repositories have: each gets its context, what is wrong with it is said, and nothing else is.</summary>
public sealed class DockerfileCorpusTests
{
    private static IEnumerable<TestCaseData> Cases => DockerfileCorpus.All.Select(one => new TestCaseData(one).SetArgDisplayNames(one.Title));

    [TestCaseSource(nameof(Cases))]
    public void Each_gets_its_context_and_its_diagnostics(object dockerfile)
    {
        var one = (DockerfileCase)dockerfile;
        var (choice, context, said, messages) = Look(one);
        Assert.Multiple(() =>
        {
            Assert.That(context, Is.EqualTo(one.Context), choice.Reason);
            Assert.That(said, Is.EqualTo(one.Says.Order(StringComparer.Ordinal)), string.Join('\n', messages));
        });
    }

    [Test]
    public void No_context_is_wrong_no_alarm_is_false_and_no_fault_is_missed()
    {
        var (contexts, alarms, missed, faults) = (new List<string>(), new List<string>(), new List<string>(), 0);
        foreach (var one in DockerfileCorpus.All)
        {
            var (_, context, said, _) = Look(one);
            faults += one.Says.Count;
            contexts.AddRange(context == one.Context ? [] : [$"{one.Title}: {context}"]);
            alarms.AddRange(Without(said, one.Says).Select(code => $"{one.Title}: {code}"));
            missed.AddRange(Without(one.Says, said).Select(code => $"{one.Title}: {code}"));
        }

        TestContext.Out.WriteLine(
            $"{DockerfileCorpus.All.Count} Dockerfiles with {faults} faults: {contexts.Count} wrong contexts, {alarms.Count} false alarms, {missed.Count} missed faults");
        contexts.Concat(alarms).Concat(missed).ToList().ForEach(TestContext.Out.WriteLine);
        Assert.That((contexts.Count, alarms.Count, missed.Count), Is.EqualTo((0, 0, 0)));
        Assert.That(DockerfileCorpus.All, Has.Count.AtLeast(60));
    }

    private static (ContextChoice Choice, string Context, IReadOnlyList<string> Said, IEnumerable<string> Messages) Look(DockerfileCase one)
    {
        using var folder = new TestFolder();
        one.WriteTo(folder);
        var (path, project) = (folder.Full(one.DockerfilePath), folder.Full(one.ProjectPath));
        var choice = ContextLocator.Locate(path, Dockerfile.Load(path), projectFile: project);
        var facts = new ProjectFacts(project, one.TargetFramework, Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json"),
            WithoutCode: one.ProjectPath.EndsWith(".proj", StringComparison.Ordinal));
        var found = DockerfileCheckList.Run(path, choice.Directory, one.Target, new Dictionary<string, string>(), facts,
            LintSettings.Default with { AdviceAsWarnings = true });
        return (choice, Path.GetRelativePath(folder.Path, choice.Directory).Replace('\\', '/'),
            [.. found.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Location!.Line}").Order(StringComparer.Ordinal)],
            found.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Message}"));
    }

    private static List<string> Without(IEnumerable<string> all, IEnumerable<string> some)
    {
        var left = all.ToList();
        some.ToList().ForEach(one => left.Remove(one));
        return left;
    }
}
