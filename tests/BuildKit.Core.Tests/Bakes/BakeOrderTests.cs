using BuildKit.Core.Bakes;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests.Requests;

namespace BuildKit.Core.Tests.Bakes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BakeOrderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void What_builds_on_a_changed_image_is_built_as_well()
    {
        var order = new BakeOrder([Image("base", changed: true), Image("mid", on: "base"), Image("top", on: "mid"), Image("other")], all: false);
        Assert.That(order.Built.Select(image => image.Name), Is.EqualTo(new[] { "base", "mid", "top" }));
        Assert.That(order.WaveOf("/src/top"), Is.Zero);
    }

    [Test]
    public void Nothing_changed_is_nothing_built_unless_all_are_wanted()
    {
        BakeImage[] images = [Image("a"), Image("b", on: "a")];
        Assert.That(new BakeOrder(images, all: false).Built, Is.Empty);
        Assert.That(new BakeOrder(images, all: true).Built, Has.Count.EqualTo(2));
    }

    [Test]
    public void Published_files_wait_for_a_base_image_that_is_built()
    {
        var published = Image("app", changed: true, on: "base", isRead: true);
        var order = new BakeOrder([Image("base", changed: true), published, Image("lone", changed: true)], all: false);
        Assert.That((order.WaveOf("/src/base"), order.WaveOf("/src/app"), order.WaveOf("/src/lone")), Is.EqualTo((0, 1, 0)));
        Assert.That(new BakeOrder([Image("base"), published], all: false).WaveOf("/src/app"), Is.Zero);
    }

    [Test]
    public void A_project_has_its_turn_for_the_images_that_are_built_alone()
    {
        var (above, beside) = (Image("above", on: "base") with { ProjectFile = "/src/pair" }, Image("beside") with { ProjectFile = "/src/pair" });
        var (lone, root) = (Image("lone"), Image("base", changed: true));
        var order = new BakeOrder([root, above, beside, lone], all: false);
        Assert.That(order.TurnOf([above, beside])!.Images.Select(image => image.Name), Is.EqualTo(new[] { "above" }));
        Assert.That((order.TurnOf([lone]), order.TurnOf([root])!.ByHand), Is.EqualTo(((BakeTurn?)null, false)));
        var all = new BakeOrder([root, above, beside, lone], all: true);
        Assert.That((all.TurnOf([above, beside])!.Images.Count, all.TurnOf([lone])!.ByHand), Is.EqualTo((2, true)));
    }

    [TestCase(false, 1, true)]
    [TestCase(true, 0, false, Description = "who runs it by hand makes the base image first")]
    public void An_image_of_published_files_knows_that_its_base_is_made_before(bool all, int wave, bool follows)
    {
        var (root, app, other) = (Image("base", changed: true), Image("app", on: "base", isRead: true),
            Image("other", changed: true) with { ProjectFile = "/src/app" });
        var turn = new BakeOrder([root, app, other], all).TurnOf([app, other])!;
        Assert.That((turn.Wave, turn.Images.Select(image => image.FollowsBase)), Is.EqualTo((wave, new[] { follows, false })));
    }

    [TestCase(false, "base top", Description = "a builder with a store of its own sees no image of the engine")]
    [TestCase(true, "top")]
    public void What_no_registry_has_is_built_along_with_what_is_built_on_it(bool isPushed, string built)
    {
        BakeImage[] images = [Image("base") with { IsPushed = isPushed }, Image("top", changed: true, on: "base"), Image("other")];
        var turn = new BakeOrder(images, all: false).TurnOf(images)!;
        Assert.That(string.Join(' ', turn.Images.Select(image => image.Name)), Is.EqualTo(built));
        Assert.That(turn.Images.Select(image => image.Reason),
            Is.EquivalentTo(isPushed ? [""] : new[] { "", "top is built on it, and no registry has it" }));
    }

    [Test]
    public void The_base_of_published_files_is_not_built_along_since_it_is_read_from_where_it_is() =>
        Assert.That(new BakeOrder([Image("base"), Image("app", changed: true, on: "base", isRead: true)], all: false).Built, Has.Count.EqualTo(1));

    [Test]
    public void What_follows_a_changed_image_says_so()
    {
        BakeImage[] images = [Image("base", changed: true), Image("top", on: "base")];
        Assert.That(new BakeOrder(images, all: false).TurnOf(images)!.Images.Select(image => image.Reason),
            Is.EqualTo(new[] { "", "base, which it builds on, is built" }));
    }

    [Test]
    public void An_image_that_several_projects_need_is_made_by_its_owner_else_by_the_first()
    {
        BakeImage Needed(string project) => Image("base", changed: true) with { ProjectFile = project, IsForOthers = true };
        var (first, second, owned) = (Needed("/src/a"), Needed("/src/b"), Image("base", changed: true));
        Assert.That(new BakeOrder([first, second, owned], all: false).Built.Single().ProjectFile, Is.EqualTo("/src/base"));
        Assert.That(new BakeOrder([first, second], all: false).Built.Single().ProjectFile, Is.EqualTo("/src/a"));
        Assert.That(new BakeOrder([first, second, owned], all: false).Count, Is.EqualTo(1));
    }

    [Test]
    public void Two_projects_with_one_reference_are_both_named()
    {
        var twin = Image("twin") with { References = ["r/a:1"] };
        var failure = Assert.Throws<DiagnosticException>(() => _ = new BakeOrder([Image("a"), twin], all: false))!.Diagnostics.Single();
        Assert.That(failure.Code, Is.EqualTo("BK6202"));
        Assert.That(failure.Message, Does.Contain("/src/a").And.Contain("/src/twin").And.Contain("r/a:1"));
    }

    [Test]
    public void A_circle_is_told_whole()
    {
        var failure =
            Assert.Throws<DiagnosticException>(() =>
                _ = new BakeOrder([Image("a", on: "c"), Image("b", on: "a"), Image("c", on: "b")], all: false))!.Diagnostics.Single();
        Assert.That(failure.Code, Is.EqualTo("BK6203"));
        Assert.That(failure.Message, Does.Contain("a (a) builds on c (c) builds on b (b) builds on a (a)"));
    }

    [Test]
    public void Bases_are_what_a_Dockerfile_starts_from_and_copies_from()
    {
        var request = TestRequests.In(folder) with
        {
            BuildArguments = [new BuildArgument("TAG", "2")],
            NamedContexts = [new NamedContext("tools", "docker-image://r/tools:1"), new NamedContext("folder", "/src")],
        };
        File.WriteAllText(request.Dockerfile, """
            ARG TAG=1
            FROM r/base:$TAG AS build
            RUN --mount=type=bind,from=r/mount:1,target=/m true
            FROM scratch
            COPY --from=build /a /a
            COPY --from=r/assets /b /b
            COPY --from=tools /c /c
            """);
        Assert.That(BakeBases.Of(request).Select(one => (one.Name, one.Reference)), Is.EquivalentTo(new[]
        {
            ("r/base:2", "r/base:2"), ("r/mount:1", "r/mount:1"), ("r/assets", "r/assets:latest"), ("tools", "r/tools:1"),
        }));
    }

    [TestCase("r.io/a", "r.io/a")]
    [TestCase("r.io/a:latest", "r.io/a")]
    [TestCase("r.io:5000/a:2", "r.io:5000/a:2")]
    [TestCase("docker.io/library/debian:12", "debian:12")]
    [TestCase("Stage", "Stage")]
    public void An_image_is_replaced_by_its_shortest_name(string written, string context) =>
        Assert.That(new BakeBase(written, "").ContextName, Is.EqualTo(context));

    private static BakeImage Image(string name, bool changed = false, string on = "", bool isRead = false) => new(name, "/src/" + name)
    {
        References = [$"r/{name}:1"],
        Bases = on.Length > 0 ? [new BakeBase($"r/{on}:1", $"r/{on}:1", isRead)] : [],
        Changed = changed,
    };
}
