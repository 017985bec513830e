using BuildKit.Core.Bakes;
using BuildKit.Core.Images;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Tests.Bakes;

/// <summary>Whether the images of one project are made in one bake.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProjectBakeTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly RecordingSink sink = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Several_that_changed_are_and_one_is_not()
    {
        Assert.That(ProjectBake.TurnOf([Plan("a"), Plan("b")], [Plan("c")], sink)!.Images.Select(image => image.Name),
            Is.EqualTo(new[] { "a", "b" }));
        Assert.That(ProjectBake.TurnOf([Plan("a")], [Plan("b"), Plan("c")], sink), Is.Null);
        Assert.That(sink.Messages, Is.Empty);
    }

    [Test]
    public void One_that_did_not_change_follows_the_one_it_is_built_on()
    {
        var above = Plan("above", from: "r.example.com/below:1");
        Assert.That(ProjectBake.TurnOf([Plan("below")], [above, Plan("other")], sink)!.Images.Select(image => (image.Name, image.Reason)),
            Is.EqualTo(new[] { ("below", ""), ("above", "below, which it builds on, is built") }));
    }

    [Test]
    public void What_a_bake_has_no_word_for_is_built_one_after_the_other()
    {
        var odd = Plan("odd");
        odd = odd with { Request = odd.Request with { Options = ["--cgroup-parent", "x"] } };
        Assert.That(ProjectBake.TurnOf([Plan("a"), odd], [], sink), Is.Null);
        Assert.That(sink.Messages.Single().Text, Does.Contain("one after the other").And.Contain("--cgroup-parent of odd"));
        Assert.That(ProjectBake.TurnOf([Plan("a"), Plan("b")], [odd], sink), Is.Not.Null, "it is not built");
    }

    [Test]
    public void Published_files_on_an_image_of_the_project_wait_for_it()
    {
        var published = TestRequests.Published(folder) with { Name = "app" };
        published = published with { PublishOutput = published.PublishOutput! with { BaseImage = "r.example.com/below:1" } };
        Assert.That(ProjectBake.TurnOf([Plan("below"), new PlannedBuild(published, "f", "new")], [], sink), Is.Null);
        Assert.That(sink.Messages.Single().Text, Does.Contain("app are laid on another"));
    }

    private PlannedBuild Plan(string name, string from = "scratch")
    {
        folder.Write(name + ".Dockerfile", $"FROM {from}\nCOPY a /\n");
        return new PlannedBuild(TestRequests.In(folder, new BuildOutput(OutputKind.Push)) with
        {
            Name = name,
            Dockerfile = folder.Full(name + ".Dockerfile"),
            Tags = [new ImageReference("r.example.com", name, "1")],
        }, "fingerprint", "it is new");
    }
}
