using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.EngineMessages;

/// <summary>Texts that no recording has, as BuildKit, buildx and Docker write them.</summary>
public sealed class EngineErrorTextsTests
{
    [TestCase("docker: unknown command: docker buildx\n\nRun 'docker --help' for more information", "BK1002", "(28.5.2)")]
    [TestCase("docker: 'buildx' is not a docker command.\nSee 'docker --help'", "BK1002", "docker-buildx")]
    [TestCase("unknown flag: --progress\nSee 'docker --help'.\n\nUsage:  docker [OPTIONS] COMMAND", "BK1002", "docker-buildx")]
    [TestCase("unknown flag: --frob\n\nUsage:  docker buildx build [OPTIONS] PATH", "BK1019", "refused an argument: unknown flag: --frob. Update")]
    [TestCase("ERROR: Cannot connect to the Docker daemon at unix:///run/d.sock. Is the docker daemon running?", "BK1003",
        "at unix:///e.sock: nothing listens there. Start ")]
    [TestCase(
        "ERROR: failed to connect to the docker API at unix:///run/d.sock; check if the path is correct: dial unix /run/d.sock: connect: no such "
            + "file or directory", "BK1003", "no such file or directory")]
    [TestCase(
        "ERROR: permission denied while trying to connect to the Docker daemon socket at unix:///run/d.sock: Get \"http://x\": dial unix "
            + "/run/d.sock: connect: permission denied", "BK1004", "at unix:///e.sock: permission denied")]
    [TestCase("ERROR: no builder \"team\" found", "BK1007", "\"team\" (there are: those of \"docker buildx ls\")")]
    [TestCase("ERROR: failed to build: context deadline exceeded", "BK1008",
        "\"default\" (docker-container driver) did not start: its endpoint does not answer")]
    [TestCase("ERROR: failed to build: Container 5f3 is restarting, wait until the container is running", "BK1008", "is restarting")]
    [TestCase(EngineErrorTexts.Solve + "failed to copy files: copy file range failed: no space left on device", "BK1013",
        "no space left on device). Free space")]
    [TestCase(EngineErrorTexts.Solve
        + "failed to commit a1 to b2 during finalize: failed to stat active key during commit: snapshot a1 does not exist: not found",
        "BK1034", "BuildKitNoCache=true")]
    [TestCase(EngineErrorTexts.Solve
        + "process \"/bin/sh -c npm ci\" did not complete successfully: failed to create endpoint abc on network bridge: adding interface veth1 to "
        + "bridge docker0 failed: Device does not exist", "BK1012", "could not connect a RUN step")]
    [TestCase(EngineErrorTexts.Solve + "rpc error: code = Unavailable desc = error reading from server: EOF", "BK1016",
        "(error reading from server: EOF)")]
    [TestCase("ERROR: failed to receive status: rpc error: code = Unavailable desc = closing transport due to: connection error", "BK1016",
        "closing transport")]
    [TestCase(EngineErrorTexts.Solve + "process \"/bin/sh -c make\" did not complete successfully: exit code: 137: OOM", "BK1017",
        "RUN make, exit code 137")]
    [TestCase(EngineErrorTexts.Solve + "process \"/bin/sh -c make\" did not complete successfully: exit code: 137", "BK3101",
        "RUN make failed with exit code 137.")]
    [TestCase(EngineErrorTexts.Solve
        + "process \"/bin/sh -c cat <<EOF no space left on device failed to push a: EOF\" did not complete successfully: exit code: 2",
        "BK3101", "exit code 2.")]
    [TestCase(EngineErrorTexts.Solve
        + "process \"/bin/sh -c make\" did not complete successfully: exit code: 137: context canceled: context canceled", "BK1018",
        "from outside")]
    [TestCase(EngineErrorTexts.Solve + "process \"tool\" did not complete successfully: exec: \"tool\": executable file not found in $PATH", "BK3104",
        "RUN tool failed: exec: \"tool\": executable file not found in $PATH")]
    [TestCase(EngineErrorTexts.Solve + "target stage \"relase\" could not be found (did you mean release?)", "BK2004",
        "is \"relase\", but Dockerfile has no stage of that name. Did you mean \"release\"?")]
    [TestCase("ERROR: target api: failed to solve: target stage \"x\" could not be found", "BK2004",
        "is \"x\", but Dockerfile has no stage of that name.")]
    [TestCase(EngineErrorTexts.Solve + "secret npm: not found", "BK3103", "secret \"npm\"")]
    [TestCase("ERROR: failed to build: unable to prepare context: path \"/nope\" not found", "BK3002", "\"/nope\" does not exist")]
    [TestCase("ERROR: failed to build: failed to get build context lib: stat /src/lib: no such file or directory", "BK3002",
        "\"lib\" does not exist")]
    [TestCase(EngineErrorTexts.Solve
        + "alpine:9: failed to resolve source metadata for docker.io/library/alpine:9: no match for platform in manifest sha256:0123: not found",
        "BK3007", "docker.io/library/alpine:9 has no variant for the platform that is built")]
    [TestCase(EngineErrorTexts.Solve
        + "shop/x: failed to resolve source metadata for docker.io/shop/x:latest: pull access denied, repository does not exist or may require "
        + "authorization: server message: insufficient_scope: authorization failed", "BK3006",
        "docker.io/shop/x:latest (pull access denied, repository does not exist or may require authorization). Check its name, and log in when it "
            + "is private: docker login docker.io")]
    [TestCase(EngineErrorTexts.Solve
        + "a:1: failed to resolve source metadata for r.example.com/a:1: failed to do request: Head \"https://r.example.com/v2/a/manifests/1\": "
        + "dial tcp: lookup r.example.com: no such host", "BK3008",
        "r.example.com/a:1 could not be read: dial tcp: lookup r.example.com: no such host. Check")]
    [TestCase(EngineErrorTexts.Solve
        + "failed to push r.example.com/a:1: push access denied, repository does not exist or may require authorization: server message: "
        + "insufficient_scope: authorization failed", "BK5001", "docker login r.example.com")]
    [TestCase(EngineErrorTexts.Solve + "failed to push a/b:1: unexpected status from PUT request to https://x/v2/: 403 Forbidden", "BK5001",
        "a/b:1 (403 Forbidden). Log in with a user who may push there: docker login docker.io")]
    [TestCase(EngineErrorTexts.Solve
        + "failed to push r.example.com/a:1: unexpected status from PUT request to https://x/v2/a/manifests/1: 400 Bad Request: The image tag '1' "
        + "already exists and cannot be overwritten because the repository is immutable.", "BK5008", "r.example.com/a:1")]
    [TestCase(EngineErrorTexts.Solve
        + "failed to push r.example.com/a:1: tls: failed to verify certificate: x509: certificate signed by unknown authority", "BK5003",
        "x509")]
    [TestCase(EngineErrorTexts.Solve + "failed to push r.example.com/a:1: failed to copy: write tcp 1.2.3.4:5: connection reset by peer", "BK5002",
        "connection reset by peer. Check")]
    [TestCase(EngineErrorTexts.Solve + "failed to push r.example.com/a:1: unexpected status from POST request to https://x/v2/: 429 Too Many "
        + "Requests", "BK5009", "r.example.com/a:1 (429 Too Many Requests). Try again in some minutes. What is built is kept")]
    [TestCase(EngineErrorTexts.Solve
        + "a: failed to resolve source metadata for docker.io/library/a:1: unexpected status from HEAD request to https://x/v2/: 429 "
        + "Too Many Requests", "BK3029", "took no more requests for the base image")]
    [TestCase(EngineErrorTexts.Solve
        + "failed to push r.example.com/a:1: failed to authorize: failed to fetch anonymous token: unable to decode token response: "
        + "unexpected EOF", "BK1075", "unexpected EOF")]
    [TestCase("ERROR: invalid output path: stat /src/obj/buildkit: no such file or directory", "BK5006", "\"/src/obj/buildkit\" cannot be written")]
    [TestCase("ERROR: no progress (Registry) for 10 min 0 s: the builder waits for r.example.com (importing cache manifest from "
        + "r.example.com/a:c)", "BK1070", "after 10 min 0 s without progress: the builder waits for r.example.com")]
    [TestCase("ERROR: no progress (Builder) for 10 min 0 s: the builder \"default\" begins no step", "BK1071", "Restart the engine")]
    [TestCase("ERROR: no progress (Engine) for 10 min 0 s: the engine at unix:///e.sock does not answer", "BK1072", "unix:///e.sock does not answer")]
    [TestCase(EngineErrorTexts.Solve
        + "failed to push r.example.com/a:1: error getting credentials - err: exec: \"docker-credential-x\": executable file not found "
        + "in $PATH, out: ``", "BK1074", "docker-credential-x")]
    [TestCase(EngineErrorTexts.Solve
        + "failed to push r.example.com/a:1: failed to authorize: failed to fetch oauth token: failed to decode token response: invalid "
        + "character '<' looking for beginning of value", "BK1075", "invalid character")]
    [TestCase(EngineErrorTexts.Solve + "unknown cache exporter: \"s3\"", "BK4005", "unknown cache exporter: \"s3\"")]
    [TestCase(
        "ERROR: failed to build: Cache export is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd "
            + "image store, and try again.\nLearn more at https://docs.docker.com/go/build-cache-backends/", "BK4005",
            "Cache export is not supported")]
    [TestCase("ERROR: failed to build: Multi-platform build is not supported for the docker driver.\nSwitch to a different driver", "BK1011",
        "\"default\" (docker driver) cannot make an image for several platforms. Turn")]
    [TestCase("ERROR: failed to build: open /out/x.tar: permission denied", "BK5006", "\"/out/x.tar\" cannot be written: permission denied")]
    [TestCase("ERROR: failed to build: tag is needed when pushing to registry", "BK1099",
        "BuildKit reported: tag is needed when pushing to registry")]
    [TestCase(EngineErrorTexts.Solve + "maven:3-alpine: no match for platform in manifest: not found", "BK3007", "maven:3-alpine has no variant")]
    [TestCase(EngineErrorTexts.Solve + "rpc error: code = Unknown desc = executor failed running [/bin/sh -c yarn build]: exit code: 2", "BK3101",
        "RUN yarn build failed with exit code 2.")]
    [TestCase("", "BK1099", "exit code 1")]
    public void Have_their_code_and_words(string text, string code, string words)
    {
        var diagnostic = EngineErrorTexts.Classify(text.Split('\n'));
        Assert.That(diagnostic.Code, Is.EqualTo(code), diagnostic.Message);
        Assert.That(diagnostic.Message, Does.Contain(words));
        Assert.That(diagnostic.Severity, Is.EqualTo(DiagnosticSeverity.Error));
    }

    [TestCase("failed to push r.example.com/a:1: unexpected status from PUT request to https://x/v2/: 403 Forbidden", "BK5001", "r.example.com",
        "(403 Forbidden; logged in as \"ann\")")]
    [TestCase("b:1: failed to resolve source metadata for s.example.com/b:1: 401 Unauthorized", "BK3006", "s.example.com",
        "(401 Unauthorized; logged in as \"ann\")")]
    public void A_refusal_tells_which_login_the_registry_was_shown(string text, string code, string registry, string words)
    {
        var run = new BuildxResult(1, [EngineErrorTexts.Solve + text], new BuildGraph());
        var context = new FailureContext("/src/Dockerfile", null, [], "", "");
        Assert.That(EngineErrorClassifier.RefusingRegistry(run, context), Is.EqualTo(registry));
        var diagnostic = EngineErrorClassifier.Classify(run, context with { Login = "logged in as \"ann\"" }).Single();
        Assert.That((diagnostic.Code, diagnostic.Message.Contains(words, StringComparison.Ordinal)), Is.EqualTo((code, true)), diagnostic.Message);
    }

    [TestCase("dockerfile parse error on line 3: unknown flag: --parents", "BK3016",
        "--parents, which came with version 1.20. Write \"# syntax=docker/dockerfile:1\"")]
    [TestCase("dockerfile parse error on line 3: unknown flag: exclude", "BK3016", "version 1.19")]
    [TestCase("dockerfile parse error on line 3: unknown flag: --form (did you mean from?)", "BK3003", "unknown flag: --form (did you mean from?)")]
    public void A_flag_that_the_frontend_does_not_know_yet_asks_for_a_newer_one(string text, string code, string words)
    {
        var diagnostic = EngineErrorTexts.Classify("ERROR: failed to build: failed to solve: " + text);
        Assert.That((diagnostic.Code, diagnostic.Location!.Line), Is.EqualTo((code, 3)));
        Assert.That(diagnostic.Message, Does.Contain(words));
    }

    [TestCase("not found", "BK3005", "base image mcr.microsoft.com/dotnet/sdk:99 was not found in the mirror, as r.example.com/mcr/dotnet/sdk:99")]
    [TestCase("401 Unauthorized", "BK3006", "base image mcr.microsoft.com/dotnet/sdk:99 in the mirror, as r.example.com/mcr/dotnet/sdk:99 (401")]
    [TestCase("dial tcp: no such host", "BK3008", "base image mcr.microsoft.com/dotnet/sdk:99 could not be read in the mirror")]
    public void An_image_of_a_mirror_is_told_by_the_name_in_the_Dockerfile(string why, string code, string words)
    {
        var diagnostic = EngineErrorClassifier.Classify(
            new BuildxResult(1,
                [EngineErrorTexts.Solve + "r.example.com/mcr/dotnet/sdk:99: failed to resolve source metadata for r.example.com/mcr/dotnet/sdk:99: "
                    + why],
                new BuildGraph()),
            new FailureContext("/src/Dockerfile", null, [], "", "")
            { Mirrored = new Dictionary<string, string> { ["r.example.com/mcr/dotnet/sdk:99"] = "mcr.microsoft.com/dotnet/sdk:99" } }).Single();
        Assert.That(diagnostic.Code, Is.EqualTo(code));
        Assert.That(diagnostic.Message, Does.Contain(words).And.Not.Contains("Include=\"r.example.com"));
    }

    [Test]
    public void A_check_that_quotes_no_line_knows_a_name_behind_from()
    {
        var diagnostic = EngineErrorClassifier.Classify(
            new BuildxResult(1,
                [EngineErrorTexts.Solve + "assets: failed to resolve source metadata for docker.io/library/assets:latest: pull access denied"],
                new BuildGraph()),
            new FailureContext("/src/Dockerfile", null, [], "", "")
            { FromNames = new Dictionary<string, (string, int)> { ["assets"] = ("COPY --from=assets / /app", 7) } }).Single();
        Assert.That((diagnostic.Code, diagnostic.Location!.Line), Is.EqualTo(("BK3108", 7)));
        Assert.That(diagnostic.Message, Does.Contain("<BuildKitNamedContext Include=\"assets\""));
    }

    [Test]
    public void A_frontend_that_cannot_be_read_is_told_at_its_line()
    {
        var diagnostic = EngineErrorTexts.Classify(
            "Dockerfile:1",
            "--------------------",
            "   1 | >>> # syntax=docker/dockerfile:1",
            "   2 |     FROM scratch",
            "--------------------",
            EngineErrorTexts.Solve
                + "failed to resolve source metadata for docker.io/docker/dockerfile:1: failed to do request: Head "
                + "\"https://registry-1.docker.io/v2/docker/dockerfile/manifests/1\": dial tcp: i/o timeout");
        Assert.That(diagnostic.Code, Is.EqualTo("BK3106"));
        Assert.That(diagnostic.Message, Does.Contain("\"# syntax=docker/dockerfile:1\" could not be read: dial tcp: i/o timeout."));
        Assert.That(diagnostic.Location!.Line, Is.EqualTo(1));
    }

    [Test]
    public void A_base_image_is_named_as_the_Dockerfile_names_it()
    {
        var diagnostic = EngineErrorTexts.Classify(
            "Dockerfile:1",
            "--------------------",
            "   1 | >>> FROM --platform=$BUILDPLATFORM alpine:9 AS build",
            "--------------------",
            EngineErrorTexts.Solve
                + "alpine:9: failed to resolve source metadata for docker.io/library/alpine:9: docker.io/library/alpine:9: not found");
        Assert.That(diagnostic.Message, Does.StartWith("The base image alpine:9 was not found."));
    }

    [Test]
    public void A_misspelled_stage_is_not_taken_for_a_private_image()
    {
        var diagnostic = EngineErrorTexts.Classify(
            "Dockerfile:3",
            "--------------------",
            "   3 | >>> COPY --from=biuld /out /out",
            "--------------------",
            EngineErrorTexts.Solve
                + "biuld: failed to resolve source metadata for docker.io/library/biuld:latest: pull access denied, repository does not exist or "
                + "may require authorization: server message: insufficient_scope: authorization failed");
        Assert.That(diagnostic.Code, Is.EqualTo("BK3108"));
        Assert.That(diagnostic.Message, Does.StartWith("\"biuld\" in \"COPY --from=biuld /out /out\" is no stage"));
    }

    [Test]
    public void A_file_missing_in_another_stage_is_not_looked_for_in_the_context()
    {
        var diagnostic = EngineErrorTexts.Classify(
            "   7 | >>> COPY --from=build /out /out",
            EngineErrorTexts.Solve
                + "failed to compute cache key: failed to calculate checksum of ref yuo2uto5r6ufvjaflrequqi05::x7zr146e0kzde84ckh0hj86kv: "
                + "\"/out\": not found");
        Assert.That(diagnostic.Code, Is.EqualTo("BK3107"));
        Assert.That(diagnostic.Message, Does.StartWith("COPY --from=build /out /out does not find \"/out\" in \"build\"."));
        Assert.That(diagnostic.Location!.Line, Is.EqualTo(7), "a Dockerfile from standard input has no header");
    }

    [Test]
    public void A_file_that_is_missed_only_when_the_step_runs_is_not_taken_for_the_context()
    {
        const string error = "lstat /out: no such file or directory";
        var graph = new BuildGraph();
        graph.Apply(
            new([new("c", "[stage-1 2/2] COPY --from=build /out /out", [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, false, error)], [],
                [], []));
        Assert.That(EngineErrorTexts.Classify(graph, "   7 | >>> COPY --from=build /out /out", EngineErrorTexts.Solve + error).Code,
            Is.EqualTo("BK3107"));
        Assert.That(EngineErrorTexts.Classify("ERROR: failed to build: " + error).Code, Is.EqualTo("BK3002"));
    }

    [Test]
    public void An_image_that_the_engine_does_not_take_is_told_as_such()
    {
        const string error = "error reading from server: EOF of the archive";
        var graph = new BuildGraph();
        graph.Apply(new([new("i", "importing to docker", [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, false, error)], [], [], []));
        var diagnostic = EngineErrorTexts.Classify(graph, EngineErrorTexts.Solve + error);
        Assert.That((diagnostic.Code, diagnostic.Message.Contains(error, StringComparison.Ordinal)), Is.EqualTo(("BK5004", true)),
            diagnostic.Message);
    }

    [Test]
    public void A_failed_cache_read_is_not_taken_for_the_cause()
    {
        var graph = new BuildGraph();
        graph.Apply(new(
            [new("c", "importing cache manifest from a:1", [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, false,
                "failed to configure registry cache importer: a:1: not found")],
            [], [], []));
        Assert.That(EngineErrorTexts.Classify(graph, EngineErrorTexts.Solve + "something new").Message,
            Is.EqualTo("BuildKit reported: something new"));
    }

    [Test]
    public void An_engine_that_goes_away_after_the_start_is_not_one_that_never_answered()
    {
        var graph = new BuildGraph();
        graph.Apply(new([new("a", "[1/1] RUN a", [], DateTimeOffset.UnixEpoch, null, false, null)], [], [], []));
        Assert.That(EngineErrorTexts.Classify(graph, "ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?").Code,
            Is.EqualTo("BK1016"));
    }

    [TestCase(137, "WARNING: something from before", "buildx was killed by SIGKILL: the system does so when memory runs out")]
    [TestCase(143, "WARNING: something from before", "buildx was killed by SIGTERM")]
    [TestCase(1, "ERROR: buildx ended with exit code 137", "buildx was killed by SIGKILL")]
    public void A_killed_buildx_is_reported_as_that(int exitCode, string line, string words)
    {
        var diagnostic = EngineErrorClassifier.Classify(
            new BuildxResult(exitCode, [line], new BuildGraph()), new FailureContext("/src/Dockerfile", null, [], "", "")).Single();
        Assert.That((diagnostic.Code, diagnostic.Message.Contains(words, StringComparison.Ordinal)), Is.EqualTo(("BK1018", true)),
            diagnostic.Message);
    }

    [TestCase("bin\\", "a back-slash at its end")]
    [TestCase("![a", "syntax error in pattern).")]
    public void A_line_of_the_ignore_file_that_is_no_pattern_is_found(string line, string text)
    {
        using var folder = new TestFolder();
        var ignore = folder.Write(".dockerignore", "# bin\\\r\nobj/\r\n\r\n" + line + "\r\n**/*.user\r\n");
        var dockerfile = folder.Write("Dockerfile");
        var context = new FailureContext(dockerfile, " in the build context", [], "", "") { ContextFolder = folder.Path };
        var found = EngineErrorClassifier.Classify(new BuildxResult(1, [EngineErrorTexts.Solve + "syntax error in pattern"], new BuildGraph()),
            context).Single();
        Assert.That((found.Code, found.Location), Is.EqualTo(("BK3018", new SourceLocation(ignore, 4))));
        Assert.That(found.Message, Does.Contain($"\"{line}\"").And.Contain(text));
        File.WriteAllText(ignore, "obj/");
        Assert.That(
            EngineErrorClassifier.Classify(new BuildxResult(1, [EngineErrorTexts.Solve + "syntax error in pattern"], new BuildGraph()), context)
            .Single().Code, Is.EqualTo("BK1099"));
    }
}
