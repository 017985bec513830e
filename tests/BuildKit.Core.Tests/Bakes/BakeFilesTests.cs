using System.Text.Json;
using BuildKit.Core.Bakes;
using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests.Requests;

namespace BuildKit.Core.Tests.Bakes;

/// <summary>The files by which the projects of a bake hand over what they know.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BakeFilesTests : IDisposable
{
    private readonly TestFolder folder = new();

    // What once parted one text from the next, and what JSON and MSBuild have a meaning for.
    private static readonly string[] OddTexts = ["a|b", "a;b", "a\nb\r\n", "\"a\" 'b'", "größe-漢字-🐳", "a\\b/c", "%3B$(A)@(B)%(C)", "{\"a\":[1]}",
        ""];

    private BakeProjectFiles Files => new(folder.Full("bake.session-1.images.json"));

    public void Dispose() => folder.Dispose();

    [TestCaseSource(nameof(OddTexts))]
    public void An_image_comes_back_as_it_was(string odd)
    {
        var image = Image(odd);
        BakeImage.Write(Files.Images, [image, image with { Changed = false, Bases = [] }]);
        Assert.That(BakeImage.Read(Files.Images).Select(Text), Is.EqualTo(new[] { Text(image), Text(image with { Changed = false, Bases = [] }) }));
    }

    [TestCaseSource(nameof(OddTexts))]
    public void A_turn_comes_back_as_it_was(string odd)
    {
        var turn = new BakeTurn(3, [new TurnImage(odd, [odd, odd + "2"], FollowsBase: true), new TurnImage("b", [], FollowsBase: false)])
        { ByHand = true };
        turn.Write(Files.Turn);
        Assert.That(Text(BakeTurn.Read(Files.Turn)), Is.EqualTo(Text(turn)));
    }

    [TestCaseSource(nameof(OddTexts))]
    public void A_prepared_image_comes_back_as_it_was(string odd)
    {
        var builder = new Builder
        {
            Name = odd,
            Driver = BuilderDriver.Remote,
            ContainerdStore = true,
            Endpoint = odd + "1",
            EngineVersion = odd + "2",
            BuildxVersion = odd + "3",
            BuildxPath = odd + "4",
            Platforms = [odd, odd + "5"],
        };
        var entry = new BakeEntry(Image(odd), odd + "6", builder)
        {
            Pushes = true,
            Unverified = [odd],
            Secrets = [new BuildSecret(odd, odd + "7", ""), new BuildSecret("two", "", odd + "8")],
        };
        PreparedImages.Write(Files.Prepared, [entry, entry with { Pushes = false, Secrets = [] }]);
        Assert.That(PreparedImages.Read(Files.Prepared).Select(Text),
            Is.EqualTo(new[] { Text(entry), Text(entry with { Pushes = false, Secrets = [] }) }));
    }

    [TestCaseSource(nameof(OddTexts))]
    public void An_outcome_comes_back_as_it_was(string odd)
    {
        var outcome = new BakeOutcome(7, [odd, "ERROR"], odd, Started: true) { Refusal = new(odd, odd + "1", odd + "2") };
        outcome.Write(new BakeEntry(Image("a"), folder.Full("a"), TestRequests.Container), []);
        Assert.That(Text(BakeOutcome.Take(folder.Full("a"))!.Value.Outcome), Is.EqualTo(Text(outcome)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"images":null,"prepared":1,"wave":"0","exitCode":0}""")]
    [TestCase("""{"images":[{"name":1}],"prepared":[{}],"wave":0,"byHand":true,"exitCode":"x"}""")]
    public void What_cannot_be_read_is_one_failure_that_names_the_file(string? content)
    {
        var files = new[] { Files.Images, Files.Turn, Files.Prepared, folder.Full("a.bake-outcome.json") };
        Action[] readers =
        [
            () => BakeImage.Read(Files.Images), () => BakeTurn.Read(Files.Turn), () => PreparedImages.Read(Files.Prepared),
            () => BakeOutcome.Take(folder.Full("a")),
        ];
        for (var i = 0; i < files.Length; i++)
        {
            if (content is not null)
            {
                File.WriteAllText(files[i], content);
            }
            else if (i == 3)
            {
                // A missing outcome says that the bake ended before this image (BK6207).
                continue;
            }

            var failure = Assert.Throws<DiagnosticException>(() => readers[i]())!.Diagnostics.Single();
            Assert.That((failure.Code, failure.Message.Contains(files[i], StringComparison.Ordinal)), Is.EqualTo(("BK6209", true)), files[i]);
        }
    }

    [Test]
    public void A_target_that_is_gone_is_the_same_failure()
    {
        var entry = new BakeEntry(Image("a"), folder.Full("a"), TestRequests.Container) { Target = "a" };
        var failure = Assert.Throws<DiagnosticException>(() => new BakeDefinition([entry]).Write(folder.Full("bake.json"), relative: false))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK6209"));
    }

    [Test]
    public void A_wave_knows_what_its_projects_could_not_make_ready()
    {
        var (ready, failed) = (Files, new BakeProjectFiles(folder.Full("bake.session-2.images.json")));
        new BakeTurn(1,
            [new TurnImage("a", ["r/a:1"], FollowsBase: false), new TurnImage("b", ["r/b:1", "r/b:2"], FollowsBase: false)]).Write(ready.Turn);
        new BakeTurn(1, [new TurnImage("c", ["r/c:1"], FollowsBase: false)]).Write(failed.Turn);
        PreparedImages.Write(ready.Prepared,
            [new BakeEntry(new BakeImage("a", "/src/a.proj") { References = ["r/a:1"] }, folder.Full("a"), TestRequests.Container)]);
        var wave = BakeWave.Read([ready, failed]);
        Assert.That((wave.Entries.Single().Target, wave.ByHand, wave.FileName), Is.EqualTo(("a", false, "bake-1.json")));
        Assert.That(wave.Missing, Is.EqualTo(new[] { "r/b:1", "r/b:2", "r/c:1" }));
    }

    [Test]
    public void Two_bakes_of_a_folder_run_definitions_of_their_own_and_leave_the_last_one()
    {
        using var session = SessionFiles.Create(folder.Path, "bake");
        var definition = new BakeDefinition([]);
        var first = RunningDefinition.Write(definition, folder.Full("bake.json"));
        var second = RunningDefinition.Write(definition, folder.Full("bake.json"));
        Assert.That((first.File == second.File, File.Exists(first.File), File.Exists(second.File)), Is.EqualTo((false, true, true)));
        File.WriteAllText(first.File, "first");
        File.WriteAllText(second.File, "second");
        File.WriteAllText(Path.ChangeExtension(first.File, ".metadata.json"), "");
        first.Dispose();
        Assert.That((File.ReadAllText(folder.Full("bake.json")), File.ReadAllText(second.File)), Is.EqualTo(("first", "second")));
        second.Dispose();
        Assert.That(Directory.GetFiles(folder.Path).Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
            Is.EqualTo(new[] { ("bake.json", "second") }));
    }

    private static BakeImage Image(string odd) => new(odd, "/src/" + odd)
    {
        References = [odd, "r/" + odd],
        Bases = [new BakeBase(odd, odd + "1", IsRead: true), new BakeBase("b", "r/b:1")],
        Changed = true,
    };

    // Records compare their lists by identity.
    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}
