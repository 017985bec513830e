using System.Text;
using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Progress;
using BuildKit.Core.Reports;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.Reports;

public sealed class BuildReportTests
{
    private static readonly string[] Names = [.. Recording.Names];

    [TestCaseSource(nameof(Names))]
    public void The_json_of_every_recorded_build_has_the_documented_form(string name)
    {
        var json = Json(Report(Recording.Play(name).Graph) with
        {
            Changes = new BuildChanges(1, "x", [new FileChange("a", "changed")], 0, [new StepChange(0, "why")]) { Slower = [new SlowerStep(0, 5)] },
            Inputs = new ReportInputs("/src", "final", ["linux/amd64"], ["A"], ["publish"], [new BaseImage("debian:12", "sha256:0")]),
            CacheNotRead = [new UnreadCache("r/a:cache", "not found")],
            History = [new PastBuild("x", true, 1, 2, 3, 4, -1)],
            Notes = [new ReportNote(-1, "text")],
            Stages = ["build"],
        });
        var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "report.schema.json"))).RootElement;
        Conforms(json.RootElement, schema, "report");
    }

    [Test]
    public void A_failed_step_is_marked_and_ends_the_critical_path()
    {
        var steps = Report(Recording.Play("failed-run").Graph).Steps;
        var failed = steps.Single(step => step.Kind == "failed");
        Assert.Multiple(() =>
        {
            Assert.That(failed.Critical);
            Assert.That(failed.Output, Is.Not.Empty);
            Assert.That(steps.Where(step => step.Critical).Max(step => step.End), Is.EqualTo(failed.End));
        });
    }

    [Test]
    public void A_cache_that_is_not_there_is_no_failure() =>
        Assert.That(Report(Recording.Play("missing-cache-from").Graph).Steps.Select(step => step.Kind), Has.No.Member("failed"));

    [Test]
    public void Lines_are_found_by_stage_and_number()
    {
        var dockerfile = BuildKit.Core.Dockerfiles.Dockerfile.Parse("Dockerfile",
            "FROM debian AS a\nWORKDIR /x\nENV A=1\nRUN one\nFROM a\nRUN two\nFROM debian\nCOPY --from=a /x /y");
        var graph = Graph("[a 1/3] FROM debian", "[a 3/3] RUN one", "[stage-1 1/1] RUN two", "[stage-2 2/2] COPY --from=a /x /y",
            "[stage-2 1/2] RUN other");
        Assert.That(ReportSteps.Of(graph, new StepLineNumbers(dockerfile), SecretRedactor.None).Select(step => step.Line),
            Is.EqualTo(new[] { 1, 4, 6, 8, 0 }));
    }

    [Test]
    public void A_secret_in_a_name_or_an_error_is_not_in_the_report()
    {
        var graph = Graph("[1/1] RUN login --token=s3cr3t-value");
        var text = Encoding.UTF8.GetString(ReportJson.Write(Report(graph, new SecretRedactor(["s3cr3t-value"]))).Span);
        Assert.That(text, Does.Not.Contain("s3cr3t").And.Contain("--token=***"));
    }

    [Test]
    public void The_page_needs_nothing_else_and_no_text_ends_its_script()
    {
        var page = Encoding.UTF8.GetString(TimelinePage.Of(Report(Graph("[1/1] RUN echo '</script><script>alert(1)' /*REPORT*/null /*SCRIPT*/"))));
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Not.Contain("alert(1)</script>").And.Not.Contain("echo '</script>"));
            Assert.That(page, Does.Contain("default-src 'none'").And.Contain("echo \\u0027\\u003C/script\\u003E"));
            Assert.That(page, Does.Not.Match("(?:src|href)="));
            Assert.That(page, Does.Contain("/*REPORT*/null /*SCRIPT*/"), "a step's text is no place for something");
        });
    }

    [Test]
    public void The_comparison_names_the_file_that_made_a_step_run_again()
    {
        var before = Report(Graph("[1/3] FROM debian", "[2/3] COPY src .", "[3/3] RUN make"));
        var changes = BuildComparison.Of(before,
            before with { Steps = [.. before.Steps.Where(step => !step.Instruction.StartsWith("RUN", StringComparison.Ordinal))] },
            [new FileChange("src/main.c", "changed"), new FileChange("README.md", "changed")]);
        Assert.That(changes.Steps.Select(step => step.Reason),
            Is.EqualTo(new[] { "It copies what changed: src/main.c", "The instruction is new or was changed." }));
    }

    [Test]
    public void A_step_that_was_never_begun_did_not_run_and_the_next_build_says_so()
    {
        var graph = Graph("[1/3] FROM debian", "[2/3] RUN a");
        graph.Apply(new ProgressUpdate([new VertexEvent("sha256:9", "[3/3] RUN b", ["sha256:1"], null, null, false, null)], [], [], []));
        var stopped = Report(graph);
        var changes = BuildComparison.Of(stopped, Report(Graph("[1/3] FROM debian")), []);
        Assert.That(stopped.Steps.Select(step => step.Kind), Is.EqualTo(new[] { "base", "run", "waiting" }));
        Assert.That(changes.Steps.Select(step => step.Step), Is.EqualTo(new[] { 1 }));
        var next = BuildComparison.Of(Report(Graph("[1/3] FROM debian", "[2/3] RUN a", "[3/3] RUN b")), stopped, []);
        Assert.That(next.Steps.Select(step => step.Reason), Has.Some.EqualTo("The previous build ended before it was done."));
    }

    [Test]
    public async Task Many_writers_append_whole_texts_to_one_summary()
    {
        using var folder = new TestFolder();
        var file = folder.Write("summary.md");
        var environment = new BuildEnvironment { ["GITHUB_STEP_SUMMARY"] = file, ["GITHUB_OUTPUT"] = folder.Full("output") };
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            new CiSummary(environment, new TextSink()).Built(
                [new CiImage($"i{i}", $"r/i{i}:1", "sha256:0", $"pushed r/i{i}:1\n    {i} s\n    sha256:0")], folder.Path))));
        var text = await File.ReadAllTextAsync(file);
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(0, 40)
                .All(i =>
                    text.Contains($"### Image i{i}\n\n| | |\n|---|---|\n| tag | `r/i{i}:1` |\n| digest | `sha256:0` |\n| build | {i} s |\n\n")));
            Assert.That(File.ReadAllLines(folder.Full("output")), Has.Length.EqualTo(160).And.Member("reference-i7=r/i7:1@sha256:0"));
        });
    }

    [Test]
    public void The_summary_says_what_was_built_of_what_and_how()
    {
        using var folder = new TestFolder();
        var graph = Graph("[1/4] FROM debian:12@sha256:" + new string('a', 64), "[2/4] RUN --mount=type=cache,target=/c npm ci | tee `log`",
            "[3/4] RUN make", "[4/4] COPY a /b");
        var report = Report(graph) with
        {
            Inputs = new ReportInputs("/src", "final", [], ["VERSION"], ["publish"], [new BaseImage("debian:12", "sha256:aaa")]),
            CacheNotRead = [new UnreadCache("r/web:main", "401 Unauthorized")],
        };
        report = report with
        {
            Image = report.Image with
            {
                Seconds = 12.3,
                StepsCached = 5,
                StepsRun = 3,
                Size = 82_000_000,
                PushedBytes = 4_100_000,
                CacheRead = ["r/web:cache"],
                CacheWritten = ["r/web:cache"],
                ContextBytes = 61_000
            }
        };
        new ReportFiles(folder.Path, "web").Write(report, "/src", page: false);
        var file = folder.Full("summary.md");
        var image = new CiImage("web", "r/web:1", "sha256:0", "r/web:1@sha256:0  12 s") { References = ["r/web:1", "r/web:latest"] };
        new CiSummary(new BuildEnvironment { ["GITHUB_STEP_SUMMARY"] = file }, new TextSink()).Built([image], folder.Path);
        Assert.That(File.ReadAllText(file), Is.EqualTo("""
            ### Image web

            | | |
            |---|---|
            | tags | `r/web:1`<br>`r/web:latest` |
            | digest | `sha256:0` |
            | size | 82 MB, 4.1 MB of it new |
            | time | 12 s |
            | steps | 5 of 8 from cache |
            | slowest | 1.0 s `FROM debian:12`<br>1.0 s `` RUN npm ci \| tee `log` ``<br>1.0 s `RUN make` |
            | caches | read `r/web:cache`<br>not read `r/web:main`: 401 Unauthorized<br>wrote `r/web:cache` |

            - `FROM debian:12` took 1.0 s, 8 % of the time, and everything after it waited.
            - The cache r/web:main was not read: 401 Unauthorized.

            <details><summary>Inputs</summary>

            - Dockerfile: `/src/Dockerfile`
            - context: `/src, 61 kB sent`
            - stage: `final`
            - build arguments: `VERSION`
            - named contexts: `publish`
            - base image: `debian:12@sha256:aaa`

            </details>


            """.ReplaceLineEndings("\n")));
        File.Delete(file);
        new CiSummary(new BuildEnvironment { ["GITHUB_STEP_SUMMARY"] = file }, new TextSink())
            .Built([image with { Summary = "unchanged in the registry: r/web:1\n    sha256:0", Unchanged = true }], folder.Path);
        Assert.That(File.ReadAllText(file), Does.EndWith("| digest | `sha256:0` |\n| build | unchanged |\n\n\n"),
            "the last build's report is not this one's");
    }

    [Test]
    public void A_failure_is_in_the_summary_with_its_output_fenced()
    {
        using var folder = new TestFolder();
        var file = folder.Full("summary.md");
        new CiSummary(new BuildEnvironment { ["GITHUB_STEP_SUMMARY"] = file }, new TextSink()).Failed(
            "web", [DockerfileDiagnostics.RunFailed.At(new SourceLocation("/src/Dockerfile", 7), "make", "2", "", " Last output:\n    ```")],
            folder.Path);
        Assert.That(File.ReadAllText(file), Does.StartWith("### Image web failed\n\n**BK3101** ").And.Contain("`Dockerfile` line 7\n\n``````text\n"));
    }

    private static BuildReport Report(BuildGraph graph, SecretRedactor? redactor = null) => new(
        new BuiltImage { Name = "web", References = ["web:1"] }, true, "2026-11-24T08:00:00Z", "/src/Dockerfile",
        ReportSteps.Of(graph, null, redactor ?? SecretRedactor.None));

    private static BuildGraph Graph(params string[] names)
    {
        var graph = new BuildGraph();
        var start = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
        graph.Apply(new ProgressUpdate(
            [.. names.Select((name,
                index) => new VertexEvent($"sha256:{index}", name, [], start.AddSeconds(index), start.AddSeconds(index + 1), false, null))], [], [],
                []));
        return graph;
    }

    private static JsonDocument Json(BuildReport report) => JsonDocument.Parse(ReportJson.Write(report));

    // As much of JSON Schema as the schema uses.
    private static void Conforms(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("enum", out var values))
        {
            Assert.That(values.EnumerateArray().Select(one => one.GetString()), Has.Member(value.GetString()), path);
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            value.EnumerateArray().ToList().ForEach(item => Conforms(item, schema.GetProperty("items"), path + "[]"));
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var known = schema.GetProperty("properties");
            Assert.That(value.EnumerateObject().Select(member => member.Name), Is.SubsetOf(known.EnumerateObject().Select(member => member.Name)),
                path);
            if (schema.TryGetProperty("required", out var required))
            {
                Assert.That(required.EnumerateArray().Select(one => one.GetString()),
                    Is.SubsetOf(value.EnumerateObject().Select(member => member.Name)), path);
            }

            value.EnumerateObject().ToList().ForEach(member => Conforms(member.Value, known.GetProperty(member.Name), $"{path}.{member.Name}"));
        }
        else if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String)
        {
            var wanted = value.ValueKind switch
            {
                JsonValueKind.Number => "integer",
                JsonValueKind.String => "string",
                JsonValueKind.True or JsonValueKind.False => "boolean",
                _ => "null"
            };
            Assert.That(type.GetString(), Is.EqualTo(wanted), path);
        }
    }
}
