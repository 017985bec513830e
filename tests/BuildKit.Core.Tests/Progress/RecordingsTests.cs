using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Progress;

/// <summary>What each recorded run of a real engine (28.5.2, buildx 0.29.1) is told as.</summary>
public sealed class RecordingsTests
{
    // name, exit code, cached, run, context bytes
    private static readonly object[] Counts =
    [
        new object[] { "success", 2, 4, 1982763L },
        new object[] { "cached", 6, 0, 105L },
        new object[] { "failed-run", 2, 1, 30L },
        new object[] { "parse-error", 0, 0, 0L },
        new object[] { "parse-error2", 0, 0, 0L },
        new object[] { "missing-base", 0, 0, 0L },
        new object[] { "missing-copy", 0, 1, 2L },
        new object[] { "no-dockerfile", 0, 0, 0L },
        new object[] { "lint-warning", 0, 2, 1982653L },
        new object[] { "lint-error", 0, 0, 0L },
        new object[] { "auth-push", 6, 0, 105L },
        new object[] { "auth-cache-to", 6, 0, 105L },
        new object[] { "auth-cache-to-ignore", 6, 0, 105L },
        new object[] { "auth-cache-from", 6, 0, 105L },
        new object[] { "auth-base", 0, 0, 0L },
        new object[] { "push-tls-mismatch", 6, 0, 105L },
        new object[] { "push-unreachable", 6, 0, 105L },
        new object[] { "cache-to-unreachable", 6, 0, 105L },
        new object[] { "missing-cache-from", 6, 0, 140L },
        new object[] { "push-ok", 6, 0, 105L },
        new object[] { "canceled-INT", 2, 1, 1982653L },
        new object[] { "canceled-TERM", 2, 1, 30L },
        new object[] { "builder-bootstrap-fail", 0, 0, 0L },
        new object[] { "bake", 2, 5, 236L },
        new object[] { "bake-fail", 8, 1, 1982758L },
        new object[] { "cold-registry", 10, 0, 38L },
        new object[] { "cold-inline", 10, 0, 38L },
        new object[] { "cold-platforms", 11, 0, 300150L },
        new object[] { "cold-bake", 10, 0, 38L },
        new object[] { "cold-changed", 4, 6, 40L },
    ];

    [Test]
    public void All_have_an_expectation() =>
        Assert.That(Counts.Select(row => ((object[])row)[0]), Is.EquivalentTo(Recording.Names));

    [TestCaseSource(nameof(Counts))]
    public void Count_their_steps_and_bytes(string name, int cached, int run, long contextBytes)
    {
        var graph = Recording.Play(name).Graph;
        Assert.Multiple(() =>
        {
            Assert.That(graph.StepsCached, Is.EqualTo(cached), "cached");
            Assert.That(graph.StepsRun, Is.EqualTo(run), "run");
            Assert.That(graph.ContextBytes, Is.EqualTo(contextBytes), "bytes");
        });
    }

    [TestCaseSource(typeof(Recording), nameof(Recording.Names))]
    public void Tell_of_the_end_of_each_instruction_once(string name)
    {
        var recording = Recording.Play(name);
        var ended = recording.Graph.Steps.Where(step => !step.IsInternal && step.IsDone);
        Assert.That(recording.Finished.Where(step => !step.IsInternal), Is.EquivalentTo(ended));
    }

    [TestCaseSource(typeof(Recording), nameof(Recording.Names))]
    public void Give_no_diagnostic_when_the_exit_code_is_0_or_the_caller_cancelled(string name)
    {
        Assert.That(Recording.Play(name).Diagnose(exitCode: 0), Is.Empty);
        Assert.That(Recording.Play(name).Diagnose(cancelled: true), Is.Empty);
    }

    [TestCase("failed-run", "BK3101", 4, 5,
        "RUN echo out-line; echo err-line >&2; exit 42 failed with exit code 42. Last output:\n    out-line\n    err-line")]
    [TestCase("bake-fail", "BK3101", 4, 5, "failed with exit code 42. Last output:\n    err-line\n    out-line")]
    [TestCase("parse-error", "BK3003", 2, 0, "unknown instruction: COPPY (did you mean COPY?). Correct this line.")]
    [TestCase("parse-error2", "BK3003", 2, 0, "The Dockerfile cannot be read: unsupported mount type \"bogus\". Correct")]
    [TestCase("missing-base", "BK3005", 1, 0, "base image localhost:5000/research-nope:1 was not found")]
    [TestCase("auth-base", "BK3006", 1, 0,
        "localhost:5978/research-nope:1 (401 Unauthorized). Check its name, and log in when it is private: docker login localhost:5978")]
    [TestCase("missing-copy", "BK3102", 2, 0, "COPY nofile /src does not find \"nofile\" in the build context /src/shop. Check")]
    [TestCase("lint-error", "BK3105", 0, 0,
        "breaks ConsistentInstructionCasing, JSONArgsRecommended, SecretsUsedInArgOrEnv, StageNameCasing, WorkdirRelativePath.")]
    public void Point_at_the_Dockerfile(string name, string code, int line, int endLine, string words)
    {
        var diagnostic = Recording.Play(name).Diagnose().Single();
        Assert.Multiple(() =>
        {
            Assert.That(diagnostic.Code, Is.EqualTo(code));
            Assert.That(diagnostic.Location, Is.EqualTo(new SourceLocation(Recording.Dockerfile, line, EndLine: endLine)));
            Assert.That(diagnostic.Message, Does.Contain(words));
            Assert.That(diagnostic.Severity, Is.EqualTo(DiagnosticSeverity.Error));
        });
    }

    [TestCase("no-dockerfile", "BK3001", "\"/src/shop/Dockerfile\" does not exist")]
    [TestCase("auth-push", "BK5001",
        "refuses to take localhost:5978/research-a:1 (401 Unauthorized). Log in with a user who may push there: docker login localhost:5978")]
    [TestCase("push-unreachable", "BK5002", "pushed to localhost:5998/research-a:1: dial tcp 127.0.0.1:5998: connect: connection refused. Check")]
    [TestCase("push-tls-mismatch", "BK5003",
        "localhost:5977/research-a:1 does not speak TLS as the builder expects (tls: first record does not look like a TLS handshake)")]
    [TestCase("auth-cache-to", "BK4005",
        "written to localhost:5978/research-c, and that ended the build: error writing layer blob: 401 Unauthorized.")]
    [TestCase("cache-to-unreachable", "BK4005",
        "written to localhost:5998/research-c, and that ended the build: error writing layer blob: dial tcp 127.0.0.1:5998: connect: connection "
            + "refused.")]
    [TestCase("builder-bootstrap-fail", "BK1008",
        "failed to resolve reference \"docker.io/moby/buildkit:buildx-stable-1\": dial tcp: lookup registry-1.docker.io on 192.0.2.53:53: no such "
            + "host.")]
    [TestCase("canceled-INT", "BK1018", "context canceled")]
    [TestCase("canceled-TERM", "BK1018", "context canceled")]
    public void Name_the_cause_where_no_line_is_at_fault(string name, string code, string words)
    {
        var diagnostic = Recording.Play(name).Diagnose().Single();
        Assert.Multiple(() =>
        {
            Assert.That(diagnostic.Code, Is.EqualTo(code));
            Assert.That(diagnostic.Location, Is.Null);
            Assert.That(diagnostic.Message, Does.Contain(words));
        });
    }

    [TestCase("auth-cache-from", "localhost:5978/research-c:1", "401 Unauthorized")]
    [TestCase("missing-cache-from", "localhost:5000/research-nocache:1", "not found")]
    [TestCase("bake", "localhost:5000/research-a-cache:1", null)]
    public void Tell_which_cache_was_read(string name, string reference, string? reason)
    {
        var read = Recording.Play(name).Graph.CacheReads.Single();
        Assert.That((read.Reference, read.Reason), Is.EqualTo((reference, reason)));
    }

    [TestCase("push-ok", null)]
    [TestCase("auth-cache-to-ignore", "error writing layer blob: 401 Unauthorized")]
    [TestCase("auth-cache-to", "error writing layer blob: 401 Unauthorized")]
    [TestCase("cache-to-unreachable", "error writing layer blob: dial tcp 127.0.0.1:5998: connect: connection refused")]
    public void Tell_whether_the_cache_was_written(string name, string? reason)
    {
        var write = Recording.Play(name).Graph.CacheWrites.Single();
        Assert.That((write.Reference, write.Reason), Is.EqualTo(("registry", reason)));
    }

    [Test]
    public void Name_the_slowest_step_and_the_parts_of_the_export()
    {
        var graph = Recording.Play("push-ok").Graph;
        Assert.That(graph.SlowestStep, Is.Null);
        Assert.That(graph.ExportPhases.Select(phase => phase.Name),
            Is.SupersetOf(new[] { "exporting layers", "pushing layers", "pushing manifest for localhost:5000/research-a:1" }));
        Assert.That(graph.ExportPhases.Select(phase => phase.Duration), Is.All.GreaterThan(TimeSpan.Zero));
        Assert.That(Recording.Play("success").Graph.SlowestStep!.Instruction, Does.Contain("sleep 2"));
    }

    [Test]
    public void Keep_what_a_step_printed()
    {
        var recording = Recording.Play("failed-run");
        Assert.That(recording.Output.Select(output => output.Line), Is.EqualTo(new[] { "out-line", "err-line" }));
        Assert.That(recording.Graph.Steps.Single(step => step.Position == 3).OutputTail, Is.EqualTo(new[] { "out-line", "err-line" }));
    }

    [Test]
    public void Hold_no_path_of_the_machine_they_were_made_on() =>
        Assert.That(
            Recording.Names.SelectMany(Recording.Lines),
            Has.None.Match("/(home|root|work|tmp|Users)/"));
}
