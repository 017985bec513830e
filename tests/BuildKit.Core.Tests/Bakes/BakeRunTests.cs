using System.Text.Json;
using BuildKit.Core.Bakes;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Registries;
using BuildKit.Core.Results;
using BuildKit.Core.Tests.Http;
using BuildKit.Core.Tests.Requests;
using Moq;

namespace BuildKit.Core.Tests.Bakes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BakeRunTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordingSink sink = new();
    private readonly Mock<IDockerCli> cli = new();
    private readonly List<DockerCommand> calls = [];

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task One_call_bakes_all_and_gives_each_its_part()
    {
        Answer(("", """{"a":{"containerimage.digest":"sha256:a"},"b":{"containerimage.digest":"sha256:b"}}"""));
        var failed = await RunAsync(Entry("a"), Entry("b"));
        Assert.That(failed, Is.Empty);
        Assert.That(calls.Single().Arguments.TakeLast(2), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(BuildMetadata.Read(folder.Full("b.metadata.json"))!.Digest, Is.EqualTo("sha256:b"));
        Assert.That(Take("a"), Is.EqualTo((0, true, "")));
    }

    [Test]
    public async Task The_others_are_baked_again_without_the_one_that_failed()
    {
        Answer(("ERROR: target b: failed to solve: no", null), ("", "{}"));
        var failed = await RunAsync(Entry("a"), Entry("b"), Entry("on-b", on: "b"), Entry("c"));
        Assert.That(calls[1].Arguments.TakeLast(3), Is.EqualTo(new[] { folder.Full("bake.json"), "a", "c" }).Or.EqualTo(new[] { "ours", "a", "c" }));
        Assert.That(failed, Is.EquivalentTo(new[] { "r/b:1", "r/on-b:1" }));
        Assert.That((Take("a"), Take("b"), Take("on-b"), Take("c")), Is.EqualTo(((0, true, ""), (1, true, ""), (1, false, "r/b:1"), (0, true, ""))));
    }

    [Test]
    public async Task An_image_that_was_done_before_another_failed_tells_of_its_first_run()
    {
        string Step(string digest, string name, string started, string rest) =>
            $$"""{"vertexes":[{"digest":"{{digest}}","name":"{{name}}","started":"2026-11-28T10:00:{{started}}Z"{{rest}}}]}""" + "\n";
        Answer(
            (Step("sha256:1", "[a 2/2] RUN make", "00", ",\"completed\":\"2026-11-28T10:00:07Z\"") + "ERROR: target b: failed to solve: no", null),
            (Step("sha256:9", "[2/2] RUN make", "09", ",\"completed\":\"2026-11-28T10:00:09Z\",\"cached\":true"), "{}"));
        await RunAsync(Entry("a"), Entry("b"));
        var graph = BakeOutcome.Take(folder.Full("a"))!.Value.Run.Graph;
        Assert.That((graph.StepsRun, graph.StepsCached, graph.SlowestStep!.Duration.TotalSeconds), Is.EqualTo((1, 0, 7.0)));
    }

    [Test]
    public async Task The_image_that_a_failing_one_builds_on_is_tried_first()
    {
        Answer(("ERROR: target on-b: failed to solve: no", null), ("ERROR: target b: failed to solve: no", null), ("", "{}"));
        Assert.That(await RunAsync(Entry("a"), Entry("b"), Entry("on-b", on: "b")), Is.EquivalentTo(new[] { "r/b:1", "r/on-b:1" }));
        Assert.That((Take("a"), Take("b"), Take("on-b")), Is.EqualTo(((0, true, ""), (1, true, ""), (1, false, "r/b:1"))));
    }

    [Test]
    public async Task An_image_that_fails_by_itself_fails_after_its_base_is_there()
    {
        Answer(("ERROR: target on-b: failed to solve: no", null), ("", "{}"), ("ERROR: target on-b: failed to solve: no", null));
        Assert.That(await RunAsync(Entry("b"), Entry("on-b", on: "b")), Is.EqualTo(new[] { "r/on-b:1" }));
        Assert.That((calls.Count, Take("b"), Take("on-b")), Is.EqualTo((3, (0, true, ""), (1, true, ""))));
    }

    [Test]
    public async Task What_a_registry_would_not_take_is_not_baked_and_each_repository_is_asked_once()
    {
        using var server = StubServer.Http(request => new StubAnswer(request.Path.Contains("/denied/", StringComparison.Ordinal) ? 401 : 202));
        Answer(("", "{}"));
        var failed = await RunAsync(
            Entry("a") with { Unverified = [server.Authority + "/ok:1"] }, Entry("c") with { Unverified = [server.Authority + "/ok:2"] },
            Entry("b") with { Unverified = [server.Authority + "/denied:1"] }, Entry("on-b", on: "b"));
        Assert.That(failed, Is.EquivalentTo(new[] { "r/b:1", "r/on-b:1" }));
        Assert.That(calls.Single().Arguments.TakeLast(2), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(server.Requests.Count(request => request.Path.Contains("/ok/", StringComparison.Ordinal) && request.Method == "POST"),
            Is.EqualTo(1));
        var refusal = BakeOutcome.Take(folder.Full("b"))!.Value.Outcome.Refusal!;
        Assert.That((refusal.Repository, refusal.Registry, refusal.Reason),
            Is.EqualTo((server.Authority + "/denied", server.Authority, "there is no login for it on this machine")));
        Assert.That(Take("on-b"), Is.EqualTo((1, false, "r/b:1")));
    }

    [Test]
    public async Task Nothing_goes_on_when_that_is_not_wanted()
    {
        Answer(("ERROR: target b: failed to solve: no", null));
        Assert.That(await RunAsync(goesOn: false, Entry("a"), Entry("b")), Is.EquivalentTo(new[] { "r/a:1", "r/b:1" }));
        Assert.That((calls.Count, Take("a"), Take("b")), Is.EqualTo((1, (1, false, ""), (1, true, ""))));
    }

    [Test]
    public async Task Nothing_goes_on_with_another_builder_either()
    {
        Answer(("ERROR: target a: failed to solve: no", null));
        var elsewhere = Entry("b") with { Builder = TestRequests.ContainerdStore };
        Assert.That(await RunAsync(goesOn: false, Entry("a"), elsewhere), Is.EquivalentTo(new[] { "r/a:1", "r/b:1" }));
        Assert.That((calls.Count, Take("b")), Is.EqualTo((1, (1, false, ""))));
    }

    [Test]
    public async Task An_error_of_no_target_is_told_once()
    {
        Answer(("ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF", null));
        await RunAsync(Entry("a"), Entry("b"));
        Assert.That((calls.Count, Take("a"), Take("b")), Is.EqualTo((1, (1, true, ""), (1, false, ""))));
    }

    [Test]
    public async Task What_failed_before_keeps_what_builds_on_it_from_being_baked()
    {
        Answer();
        Assert.That(await new BakeRunCase(this).RunAsync([Entry("on-x", on: "x")], ["r/x:1"]), Is.EqualTo(new[] { "r/on-x:1" }));
        Assert.That((calls.Count, Take("on-x")), Is.EqualTo((0, (1, false, "r/x:1"))));
    }

    [Test]
    public async Task A_target_context_links_images_of_one_bake_and_names_are_made_acceptable()
    {
        Answer(("", "{}"));
        await RunAsync(Entry("Shop.Base"), Entry("top", on: "Shop.Base"), Entry("default"), Entry("ä"));
        var definition = JsonDocument.Parse(File.ReadAllText(folder.Full("bake.json"))).RootElement;
        Assert.That(definition.GetProperty("group").GetProperty("default").GetProperty("targets").EnumerateArray().Select(name => name.GetString()),
            Is.EqualTo(new[] { "Shop-Base", "top", "default-image", "image-" }));
        Assert.That(definition.GetProperty("target").GetProperty("top").GetProperty("contexts").GetProperty("r/Shop.Base:1").GetString(),
            Is.EqualTo("target:Shop-Base"));
    }

    [Test]
    public void Paths_below_the_definition_are_relative_to_it_when_it_is_given_away()
    {
        var entries = BakeEntry.WithTargets([Entry("a")]);
        new BakeDefinition(entries).Write(folder.Full("docker-bake.json"), relative: true);
        var target = JsonDocument.Parse(File.ReadAllText(folder.Full("docker-bake.json"))).RootElement.GetProperty("target").GetProperty("a");
        Assert.That((target.GetProperty("context").GetString(), target.GetProperty("dockerfile").GetString()),
            Is.EqualTo(("src/a", "../a.Dockerfile")));
    }

    [Test]
    public async Task What_an_entitlement_is_needed_for_is_allowed()
    {
        Answer(("", "{}"));
        var entry = Entry("a");
        folder.Write("a.bake-target.json", """{"context":"/c","network":"host","ssh":["default"],"entitlements":["security.insecure"]}""");
        await RunAsync(entry);
        Assert.That(calls[0].Arguments, Does.Contain("--allow=network.host").And.Contain("--allow=ssh").And.Contain("--allow=security.insecure"));
        Assert.That(calls[0].Environment["BUILDX_BAKE_ENTITLEMENTS_FS"], Is.EqualTo("0"));
    }

    private BakeEntry Entry(string name, string on = "")
    {
        folder.Write($"{name}.bake-target.json",
            JsonSerializer.Serialize(new { context = folder.Full("src/" + name), dockerfile = folder.Full($"src/{name}.Dockerfile") }));
        var image = new BakeImage(name, folder.Full(name + ".csproj"))
        {
            References = [$"r/{name}:1"],
            Bases = on.Length > 0 ? [new BakeBase($"r/{on}:1", $"r/{on}:1")] : [],
        };
        return new BakeEntry(image, folder.Full(name), TestRequests.Container);
    }

    private (int ExitCode, bool Started, string BlockedBy) Take(string name)
    {
        var outcome = BakeOutcome.Take(folder.Full(name))!.Value.Outcome;
        return (outcome.ExitCode, outcome.Started, outcome.BlockedBy);
    }

    private Task<IReadOnlyList<string>> RunAsync(params BakeEntry[] entries) => new BakeRunCase(this).RunAsync(entries, []);

    private Task<IReadOnlyList<string>> RunAsync(bool goesOn, params BakeEntry[] entries) => new BakeRunCase(this, goesOn).RunAsync(entries, []);

    private void Answer(params (string Error, string? Metadata)[] answers) =>
        cli.Setup(c => c.RunAsync(It.IsAny<DockerCommand>(), It.IsAny<Action<string>>(), It.IsAny<Action<string>>(), It.IsAny<ProcessCancellation>()))
            .ReturnsAsync((DockerCommand command, Action<string> _, Action<string> onError, ProcessCancellation _) =>
            {
                calls.Add(command);
                var (error, metadata) = answers[calls.Count - 1];
                error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList().ForEach(onError);
                if (metadata is not null)
                {
                    File.WriteAllText(command.Arguments[command.Arguments.ToList().IndexOf("--metadata-file") + 1], metadata);
                    return 0;
                }

                return 1;
            });

    private sealed class BakeRunCase(BakeRunTests test, bool goesOn = true)
    {
        public async Task<IReadOnlyList<string>> RunAsync(BakeEntry[] entries, string[] failedBefore)
        {
            using var registries = new RegistryClients(new BuildEnvironment());
            var named = BakeEntry.WithTargets(entries);
            var definition = new BakeDefinition(named);
            definition.Write(test.folder.Full("bake.json"), relative: false);
            return await new BakeRun(test.cli.Object, new BuildEnvironment(), registries, test.sink)
            {
                Name = "images",
                DefinitionFile = test.folder.Full("bake.json"),
                LeftFile = test.folder.Full("bake.json"),
                Folder = test.folder.Path,
                Continue = goesOn,
            }.RunAsync(named, definition, failedBefore, default);
        }
    }
}
