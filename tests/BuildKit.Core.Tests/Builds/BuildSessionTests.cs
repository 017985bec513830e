using BuildKit.Core.Builds;
using BuildKit.Core.Caches;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.Builds;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuildSessionTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Two_builds_of_one_image_have_files_of_their_own_which_go_with_them()
    {
        var request = TestRequests.In(folder);
        Directory.CreateDirectory(request.IntermediateFolder);
        using var other = Session(request);
        File.WriteAllText(other.MetadataFile, "other");
        using (var session = Session(request))
        {
            Assert.That(session.MetadataFile, Is.Not.EqualTo(other.MetadataFile));
            File.WriteAllText(session.MetadataFile, "{}");
            File.WriteAllText(session.FileOf(".bake-target.json"), "{}");
        }

        Assert.That(Directory.GetFiles(request.IntermediateFolder), Is.EqualTo(new[] { other.MetadataFile }));
    }

    [Test]
    public void What_a_killed_build_left_goes_after_a_day()
    {
        var request = TestRequests.In(folder);
        Directory.CreateDirectory(request.IntermediateFolder);
        var (old, young, alien) = (request.FileOf(".session-1.metadata.json"), request.FileOf(".session-2.metadata.json"),
            request.FileOf(".record.json"));
        foreach (var file in new[] { old, young, alien })
        {
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(file == young ? -1 : -25));
        }

        using var session = Session(request);
        Assert.That(Directory.GetFiles(request.IntermediateFolder), Is.EquivalentTo(new[] { young, alien }));
    }

    private static BuildSession Session(BuildRequest request) =>
        new(new PlannedBuild(request, "f", ""), TestRequests.ContainerdStore, BuildSource.Of(request),
            new CacheSession(request, new RegistryClients(new BuildEnvironment())));
}
