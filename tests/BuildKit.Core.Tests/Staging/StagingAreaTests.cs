using BuildKit.Core.Requests;
using BuildKit.Core.Staging;

namespace BuildKit.Core.Tests.Staging;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StagingAreaTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void A_build_that_runs_keeps_its_names_and_the_next_one_has_others()
    {
        using var first = new StagingArea(Request());
        using (var second = new StagingArea(Request()))
        {
            Assert.That(first.FileOf(".context"), Is.EqualTo(folder.Full("web.context")));
            Assert.That(second.FileOf(".context"), Is.EqualTo(folder.Full("web~2.context")));
            Assert.That((first.FileOf(".Dockerfile"), second.FileOf(".Dockerfile")),
                Is.EqualTo((folder.Full("web.Dockerfile"), folder.Full("web~2.Dockerfile"))));
        }

        using var third = new StagingArea(Request());
        Assert.That(third.FileOf(".context"), Is.EqualTo(folder.Full("web~2.context")), "what ended gave its names back");
    }

    [Test]
    public void The_usual_names_are_used_again_so_that_BuildKit_is_sent_only_what_changed()
    {
        for (var build = 0; build < 3; build++)
        {
            using var area = new StagingArea(Request());
            Assert.That(area.FileOf(".context"), Is.EqualTo(folder.Full("web.context")));
        }
    }

    [Test]
    public void A_build_that_stages_nothing_takes_no_name()
    {
        using (new StagingArea(Request()))
        {
        }

        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public void Eight_builds_at_once_have_eight_names()
    {
        var areas = Enumerable.Range(0, 8).Select(_ => new StagingArea(Request())).ToList();
        var names = areas.AsParallel().WithDegreeOfParallelism(8).Select(area => area.FileOf("")).ToList();
        areas.ForEach(area => area.Dispose());
        Assert.That(names, Is.Unique);
    }

    private BuildRequest Request() => new() { Name = "web", ProjectFile = folder.Full("web.csproj"), IntermediateFolder = folder.Path };
}
