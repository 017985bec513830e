using BuildKit.Core.BuildContexts;
using BuildKit.Core.Environments;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.Systems;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.UpToDateChecks;

/// <summary>A change of content that leaves size and time of modification: BuildKit's transfer compares nothing else.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HiddenChangeTests : IDisposable
{
    private static readonly DateTime Modified = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task In_a_context_it_is_told_and_never_recorded_until_the_file_has_another_time()
    {
        var request = TestRequests.In(folder, new BuildOutput(OutputKind.CacheOnly));
        Write("a", "1");
        var first = await PlanAsync(request);
        Assert.That((first.CheckSending(), first.Fingerprint.Length), Is.EqualTo(((Core.Diagnostics.Diagnostic?)null, 64)));

        Write("a", "2");
        for (var again = 0; again < 2; again++)
        {
            var hidden = await PlanAsync(request);
            var warning = hidden.CheckSending()!;
            Assert.That((warning.Code, warning.Location!.File, hidden.Fingerprint), Is.EqualTo(("BK3020", folder.Full("a"), "")));
            Assert.That(hidden.Reason, Is.EqualTo($"BuildKit may not have seen that {folder.Full("a")} changed"));
        }

        File.SetLastWriteTimeUtc(folder.Full("a"), Modified.AddSeconds(1));
        var touched = await PlanAsync(request);
        Assert.That((touched.CheckSending(), touched.Fingerprint.Length), Is.EqualTo(((Core.Diagnostics.Diagnostic?)null, 64)));
    }

    [TestCase("longer", 0)]
    [TestCase("2", 1)]
    public async Task A_change_that_BuildKit_sees_is_none(string content, int seconds)
    {
        var request = TestRequests.In(folder, new BuildOutput(OutputKind.CacheOnly));
        Write("a", "1");
        await PlanAsync(request);
        Write("a", content);
        File.SetLastWriteTimeUtc(folder.Full("a"), Modified.AddSeconds(seconds));
        Assert.That((await PlanAsync(request)).CheckSending(), Is.Null);
    }

    [Test]
    public async Task The_Dockerfile_and_a_named_context_count_as_well()
    {
        var request = TestRequests.In(folder, new BuildOutput(OutputKind.CacheOnly)) with
        {
            NamedContexts = [new NamedContext("n", folder.Make("named"))],
            Context = folder.Make("context"),
        };
        Write("Dockerfile", "FROM a");
        Write("named/x", "1");
        await PlanAsync(request);
        Write("Dockerfile", "FROM b");
        Write("named/x", "2");
        Assert.That((await PlanAsync(request)).CheckSending()!.Message, Does.Contain(folder.Full("Dockerfile")).And.Contains("(and of 1 more)"));
    }

    [Test]
    public async Task Published_files_are_staged_with_another_time_each_time_they_change_so()
    {
        var request = TestRequests.Published(folder);
        Write("out/shop.dll", "1");
        var times = new HashSet<DateTime>();
        foreach (var content in new[] { "1", "2", "3", "3" })
        {
            Write("out/shop.dll", content);
            var plan = await PlanAsync(request);
            Assert.That((plan.CheckSending(), plan.Fingerprint.Length), Is.EqualTo(((Core.Diagnostics.Diagnostic?)null, 64)));
            StagingFolder.Fill([(request.PublishOutput!, "")], folder.Full("staged"), HostSystem.Linux, hiddenChanges: plan.HiddenChanges);
            var staged = Directory.GetFiles(folder.Full("staged"), "shop.dll", SearchOption.AllDirectories).Single();
            Assert.That(File.ReadAllText(staged), Is.EqualTo(content));
            times.Add(File.GetLastWriteTimeUtc(staged));
        }

        Assert.That(times, Has.Count.EqualTo(3));
        Assert.That(times.Select(time => new DateTimeOffset(time).ToUnixTimeSeconds()).Distinct().Count(), Is.EqualTo(1), "an image keeps seconds");
        Assert.That(File.GetLastWriteTimeUtc(folder.Full("out/shop.dll")), Is.EqualTo(Modified), "the published file stays as it is");
    }

    [Test]
    public void A_staged_file_that_is_good_stays()
    {
        var config = new PublishedConfig { Command = new ContainerCommand() };
        var output = new PublishOutput { Folder = folder.Make("out"), BaseImage = "base:1", Config = config };
        Write("out/a.dll", "1");
        var hidden = new Dictionary<string, int> { [folder.Full("out/a.dll")] = 2 };
        StagingFolder.Fill([(output, "")], folder.Full("staged"), HostSystem.Linux, hiddenChanges: hidden);
        var before = FileStamp.TryRead(Directory.GetFiles(folder.Full("staged"), "*", SearchOption.AllDirectories).Single());
        StagingFolder.Fill([(output, "")], folder.Full("staged"), HostSystem.Linux, hiddenChanges: hidden);
        Assert.That(FileStamp.TryRead(Directory.GetFiles(folder.Full("staged"), "*", SearchOption.AllDirectories).Single()), Is.EqualTo(before));
    }

    private void Write(string path, string content)
    {
        folder.Write(path, content);
        File.SetLastWriteTimeUtc(folder.Full(path), Modified);
    }

    private static async Task<PlannedBuild> PlanAsync(BuildRequest request)
    {
        var environment = new BuildEnvironment { ["DOCKER_HOST"] = "unix:///none.sock" };
        return (await new BuildPlanner(environment, [], new RegistryClients(environment)).PlanAsync(request, "", default)).Plan;
    }
}
