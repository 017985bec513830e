using System.Diagnostics;
using System.Text;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.Builders;
using BuildKit.Core.Compose;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Progress;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Tests.Fuzz;

/// <summary>
/// Readers take what they take in proportion to the length of what they read: four times the input costs four times the
/// memory, and not sixteen times. Memory is counted because a busy machine does not change it.
/// </summary>
[NonParallelizable]
public sealed class LinearReadersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private static IEnumerable<TestCaseData> Readers =>
    [
        Case("stages that start from each other", 3_000, n =>
            Dockerfile(Lines(n, i => i == 0 ? "FROM x AS s0" : $"FROM s{i - 1} AS s{i}\nRUN dotnet restore\nCOPY . ."))),
        Case("stages that copy from each other", 3_000, n =>
            Dockerfile(Lines(n, i => $"FROM x AS s{i}\nCOPY --from=s{Math.Max(i - 1, 0)} /a /a\nRUN npm ci"))),
        Case("stages of one name", 3_000, n => Dockerfile(Lines(n, _ => "FROM s AS s"))),
        Case("arguments that FROM sees", 2_000, n =>
            Dockerfile(Lines(n, i => $"ARG A{i}=$A{i - 1}x") + Lines(n, i => $"FROM $A{i % 20} AS s{i}"))),
        Case("instructions of one stage", 10_000, n => Dockerfile("FROM x\n" + Lines(n, i => $"RUN apt-get install -y p{i}\nCOPY f{i} /f{i}"))),
        Case("triggers in a line", 50_000, n => Dockerfile("FROM x\n" + string.Concat(Enumerable.Repeat("ONBUILD ", n)) + "RUN x")),
        Case("continued lines", 40_000, n => Dockerfile("FROM x\nRUN true" + string.Concat(Enumerable.Repeat(" \\\n  && true", n)))),
        Case("here-documents", 4_000, n => Dockerfile("FROM x\n" + Lines(n, _ => "RUN <<EOF\nx\nEOF"))),
        Case("here-documents without an end", 1_000, n =>
            Dockerfile("FROM x\nRUN " + string.Concat(Enumerable.Range(0, n).Select(i => $"<<E{i} ")) + "\nx")),
        Case("variables of a stage", 5_000, n => Dockerfile("FROM x\n" + Lines(n, i => $"ENV V{i}=$V{i - 1} A{i}=b"))),
        Case("nested variables", 20_000, n => Dockerfile("FROM x\nENV A=" + string.Concat(Enumerable.Repeat("${A:-", n)))),
        Case("lines of an ignore file", 10_000, n => DockerIgnore.Parse(Lines(n, i => $"**/a{i}/*.x")).IsIgnored("a/b/c")),
        Case("logins", 10_000, n =>
            DockerConfigFile.Parse("", Encoding.UTF8.GetBytes(
                "{\"auths\":{" + string.Join(',', Enumerable.Range(0, n).Select(i => $"\"r{i}\":{{\"auth\":\"dTpw\"}}")) + "}}"))),
        Case("escapes", 20_000, n =>
            JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes("\"" + string.Concat(Enumerable.Repeat("\\ud800", n)) + "\""))?.Dispose()),
        Case("variables of a base image", 10_000, n => ImageConfig.Over(
            "{\"config\":{\"Env\":[" + string.Join(',', Enumerable.Range(0, n).Select(i => $"\"A{i}=b\"")) + "]}}", new Platform("linux", "amd64"),
            new PublishedConfig { Command = new ContainerCommand { AppCommand = ["/app/x"] } }, [])),
        Case("lines that a step prints", 10_000, n =>
            Progress(Enumerable.Range(0, n).Select(_ => """{"logs":[{"vertex":"sha256:a","stream":1,"data":"bGluZQo="}]}""").Prepend(Vertex(0)))),
        Case("steps", 4_000, n => Progress(Enumerable.Range(0, n).Select(Vertex))),
        Case("reports of a transfer", 10_000, n =>
            Progress(Enumerable.Range(0, n).Select(i => $$"""{"statuses":[{"vertex":"sha256:a","id":"transferring context:","current":{{i}}}]}""")
                .Prepend(Vertex(0)))),
        Case("images of a devspace.yaml", 800, n => DevSpace("version: v2beta1\nname: x\nimages:\n" + Lines(n, i => $"  i{i}:\n    image: r/i{i}"))),
        Case("services of a compose file", 800, n => Compose("services:\n" + Lines(n, i => $"  s{i}:\n    build: .\n    image: r/s{i}"))),
        Case("builders", 2_000, n => BuilderList.Parse(Lines(n, i => $$"""{"Name":"b{{i}}","Driver":"docker","Nodes":[{"Name":"b"}]}"""))),
        Case("what buildx says at its end", 20_000, n =>
            EngineErrorText.Parse([.. Enumerable.Range(0, n).Select(i => $"line {i} of a failed build")])),
        Case("URLs in a line", 20_000, n => SecretRedactor.None.Redact(string.Concat(Enumerable.Repeat("https://u:p@h ", n)))),
    ];

    [TestCaseSource(nameof(Readers))]
    public void Four_times_the_input_costs_about_four_times_as_much(int size, Action<int> read)
    {
        read(size / 16);
        var clock = Stopwatch.StartNew();
        var (small, large) = (Cost(size / 4, read), Cost(size, read));
        Assert.That((double)large / Math.Max(small, 50_000), Is.LessThan(7), $"{small:N0} and {large:N0} bytes");
        Assert.That(clock.Elapsed, Is.LessThan(Limit));
    }

    [TestCase("ARG A0=xxxxxxxxxx\n", "ARG A{0}=$A{1}$A{1}", "FROM $A80\n")]
    [TestCase("FROM x\nENV A0=xxxxxxxxxx\n", "ENV A{0}=$A{1}$A{1}", "RUN $A80\n")]
    public void Variables_that_double_each_other_end(string first, string line, string last)
    {
        var lines = Lines(80, i => line.Replace("{0}", $"{i + 1}", StringComparison.Ordinal).Replace("{1}", $"{i}", StringComparison.Ordinal));
        var text = first + lines + last;
        Assert.That(Cost(0, _ => Dockerfile(text)), Is.LessThan(200_000_000));
    }

    [Test]
    public void Variables_of_DevSpace_that_double_each_other_end_in_a_diagnostic()
    {
        using var folder = new TestFolder();
        var file = folder.Write("devspace.yaml", "version: v2beta1\nname: x\nvars:\n  A0: xxxxxxxxxx\n"
            + Lines(24, i => $"  A{i + 1}: y${{A{i}}}${{A{i}}}") + "images:\n  x:\n    image: r/${A24}\n");
        var sink = new RecordingSink();
        var options = new DevSpaceOptions { Environment = new BuildEnvironment(), IntermediateFolder = folder.Full("obj") };
        Assert.That(Cost(0, _ => DevSpaceImages.Describe(file, options, sink)), Is.LessThan(64 << 20));
        Assert.That(sink.Codes, Is.EqualTo(new[] { "BK6102" }));
        Assert.That(sink.AllText, Does.Contain("more than 100000 characters"));
    }

    [Test]
    public void Variables_of_an_environment_file_that_double_each_other_end()
    {
        using var folder = new TestFolder();
        var file = folder.Write(".env", "A0=xxxxxxxxxx\n" + Lines(24, i => $"A{i + 1}=$A{i}$A{i}"));
        Assert.That(Cost(0, _ => EnvironmentFile.Join(file, new BuildEnvironment())), Is.LessThan(64 << 20));
        Assert.That(EnvironmentFile.Join(file, new BuildEnvironment())["A2"], Has.Length.EqualTo(40));
    }

    private static TestCaseData Case(string name, int size, Action<int> read) => new TestCaseData(size, read).SetArgDisplayNames(name);

    private static long Cost(int size, Action<int> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read(size);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    private static string Vertex(int number) =>
        $$"""{"vertexes":[{"digest":"sha256:{{(number == 0 ? "a" : number)}}","name":"[{{number}}/9] RUN x","inputs":["sha256:{{number - 1}}"],"started":"2026-01-02T03:04:05Z","completed":"2026-01-02T03:04:06Z"}]}""";

    private static void Dockerfile(string text)
    {
        var dockerfile = Core.Dockerfiles.Dockerfile.Parse("/src/Dockerfile", text);
        _ = new DockerfileVariables(dockerfile, new Dictionary<string, string>());
        UsedPaths.Of(dockerfile);
        _ = ExternalImages.Of(dockerfile, new Dictionary<string, string>()).ToList();
        DockerfileCheckList.Run(
            new CheckInput(dockerfile, "", DockerIgnore.None, "", new Dictionary<string, string>(), new ProjectFacts("/src/a.csproj", "net10.0")),
            LintSettings.Default);
    }

    private static void DevSpace(string text)
    {
        using var folder = new TestFolder();
        var options = new DevSpaceOptions { Environment = new BuildEnvironment(), IntermediateFolder = folder.Full("obj") };
        DevSpaceImages.Describe(folder.Write("devspace.yaml", text), options, new RecordingSink());
    }

    private static void Compose(string text)
    {
        using var folder = new TestFolder();
        folder.Write("Dockerfile", "FROM scratch\n");
        var options = new ComposeOptions { Environment = new BuildEnvironment(), IntermediateFolder = folder.Full("obj") };
        ComposeImages.Describe([folder.Write("compose.yaml", text)], options, new RecordingSink());
    }

    private static void Progress(IEnumerable<string> lines)
    {
        var graph = new BuildGraph();
        foreach (var update in lines.Select(ProgressReader.TryRead).OfType<ProgressUpdate>())
        {
            graph.Apply(update);
        }

        var image = new BuiltImage { Name = "shop", References = [] };
        var report = new BuildReport(image, true, "2026-01-02T03:04:05Z", "", ReportSteps.Of(graph, null, SecretRedactor.None));
        report = report with { Changes = BuildComparison.Of(report, report, []) };
        report = report with { Notes = ReportNotes.Of(report) };
        ReportJson.Write(report);
        TimelinePage.Of(report);
    }
}
