using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BakeTasksTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Test]
    public void A_bake_without_images_is_a_warning_and_no_step()
    {
        var order = fixture.Make<OrderBake>();
        order.Projects = [TaskFixture.Item(fixture.ProjectFile)];
        Assert.That(order.Execute(), Is.True);
        Assert.That(fixture.Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "BK6204" }));
        Assert.That(order.Steps, Is.Empty);
    }

    [Test]
    public void An_image_that_no_bake_came_to_is_an_error_and_leaves_no_archive()
    {
        var plan = fixture.Plan();
        Assert.That(plan.Execute(), Is.True, fixture.Engine.AllText);
        var prepare = fixture.Make<PrepareBake>();
        prepare.Plans = plan.Plans;
        prepare.Builder = TaskFixture.Item("mine", ("Name", "mine"), ("Driver", "docker-container"));
        Assert.That(prepare.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(File.ReadAllText(Directory.GetFiles(fixture.Folder.Full("obj/buildkit"), "shop.*.bake-target.json").Single()), Does.Contain("out.tar.partial"));

        var finish = fixture.Make<FinishBake>();
        finish.Targets = prepare.Targets;
        Assert.That(finish.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK6207" }));
        Assert.That((finish.Images, Directory.GetFiles(fixture.Folder.Full("obj/buildkit"), "out.tar*")), Is.EqualTo((Array.Empty<ITaskItem>(), Array.Empty<string>())));
        Assert.That(Directory.GetFiles(fixture.Folder.Full("obj/buildkit"), "*.bake-*"), Is.Empty);
    }
}
