using System.Text;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BakeTasksTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    private ITaskItem? described;
    private ITaskItem[] steps = [];

    private string ObjFolder => fixture.Folder.Full("obj/buildkit");

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
        var prepare = Prepare(fixture.Plan());
        Assert.That(File.ReadAllText(Directory.GetFiles(ObjFolder, "shop.*.bake-target.json").Single()), Does.Contain("out.tar.partial"));

        var finish = fixture.Make<FinishBake>();
        finish.Sessions = prepare.Sessions;
        Assert.That(finish.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK6207" }));
        Assert.That((finish.Images, Directory.GetFiles(ObjFolder, "out.tar*")), Is.EqualTo((Array.Empty<ITaskItem>(), Array.Empty<string>())));
        Assert.That(Directory.GetFiles(ObjFolder, "*.bake-*"), Is.Empty);
    }

    [TestCase("a|b", "secret")]
    [TestCase("a;b", "sec;ret")]
    [TestCase("größe|'漢'", "sec ret; ü")]
    [TestCase("a\\b", "secret")]
    public void The_value_of_a_secret_is_masked_whatever_it_is_called(string id, string file)
    {
        fixture.Folder.Write(file, "very-5ecret-value");
        var plan = fixture.Plan();
        plan.Items = [TaskItems.Item(id, new Dictionary<string, string> { ["File"] = fixture.Folder.Full(file), ["Kind"] = "BuildKitSecret" })];
        var prepare = Prepare(plan);
        Assert.That(prepare.Sessions.Select(session => session.ItemSpec), Is.EqualTo(new[] { "shop" }));
        var output = Convert.ToBase64String(Encoding.UTF8.GetBytes("it is very-5ecret-value\n"));
        fixture.Progress = command => command.Arguments[1] != "bake" ? [] :
        [
            """{"vertexes":[{"digest":"sha256:1","name":"[1/1] RUN : very-5ecret-value","started":"2026-11-24T02:48:16Z"}]}""",
            $$"""{"logs":[{"vertex":"sha256:1","stream":1,"data":"{{output}}","timestamp":"2026-11-24T02:48:17Z"}]}""",
            """{"vertexes":[{"digest":"sha256:1","name":"[1/1] RUN : very-5ecret-value","started":"2026-11-24T02:48:16Z","completed":"2026-11-24T02:48:18Z"}]}""",
            "ERROR: target shop: very-5ecret-value",
        ];
        fixture.Docker = (_, _, _) => Task.FromResult(1);

        Assert.That(Run().Execute(), Is.True, fixture.Engine.AllText);

        Assert.That(fixture.Engine.AllText, Does.Contain("RUN : ***").And.Not.Contain("very-5ecret-value"));
        Assert.That(Directory.GetFiles(ObjFolder).Where(path => File.ReadAllText(path).Contains("very-5ecret-value", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void Between_projects_go_a_project_and_a_file()
    {
        Prepare(fixture.Plan());
        // One name is MSBuild's own, of a copied item.
        static IEnumerable<string> Names(ITaskItem item) => TaskItems.Metadata(item).Keys.Where(name => name != "OriginalItemSpec").Order();
        Assert.That((described!.ItemSpec, Names(described)), Is.EqualTo((fixture.ProjectFile, new[] { "File" })));
        Assert.That((steps.Single().ItemSpec, Names(steps.Single())),
            Is.EqualTo((fixture.ProjectFile, new[] { "AdditionalProperties", "File", "Wave" })));
    }

    [Test]
    public void A_project_that_is_named_twice_is_baked_once()
    {
        Prepare(fixture.Plan());
        var order = Order(described!, described!);
        Assert.That((order.Execute(), order.Steps.Length, order.Members.Length, order.ImageCount), Is.EqualTo((true, 1, 1, 1)),
            fixture.Engine.AllText);
    }

    [TestCase("images")]
    [TestCase("turn")]
    [TestCase("prepared")]
    public void A_file_that_was_damaged_while_the_bake_ran_is_named(string which)
    {
        var prepare = Prepare(fixture.Plan());
        var file = Directory.GetFiles(ObjFolder, $"bake.session-*.{which}.json").Single();
        File.WriteAllText(file, "{");
        BuildKitTask task = which == "images" ? Order(described!) : Run();
        Assert.That(task.Execute(), Is.False);
        var error = fixture.Engine.Errors.Single();
        Assert.That((error.Code, error.File), Is.EqualTo(("BK6209", file)));
        Assert.That(prepare.Sessions, Has.Length.EqualTo(1));
    }

    [Test]
    public void The_images_of_a_turn_are_planned_and_the_others_stay()
    {
        Prepare(fixture.Plan());
        var turn = fixture.Make<TakeBakeTurn>();
        turn.Described = described!;
        turn.Plans = [TaskFixture.Item("shop"), TaskFixture.Item("other")];
        turn.Unchanged = [TaskFixture.Item("shop"), TaskFixture.Item("other")];
        turn.UnchangedPlatforms = [TaskFixture.Item("linux/amd64", ("Image", "shop")), TaskFixture.Item("linux/arm64", ("Image", "other"))];
        Assert.That(turn.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That((turn.Ordered.Single().ItemSpec, turn.Same.Single().ItemSpec, turn.SamePlatforms.Single().ItemSpec),
            Is.EqualTo(("shop", "other", "linux/arm64")));
    }

    // The way to the images' session: what the projects and the one that bakes call one after the other.
    private PrepareBake Prepare(PlanBuilds plan)
    {
        Assert.That(plan.Execute(), Is.True, fixture.Engine.AllText);
        var describe = fixture.Make<DescribeBake>();
        describe.Plans = plan.Plans;
        Assert.That(describe.Execute(), Is.True, fixture.Engine.AllText);
        described = describe.Described;
        var step = TaskFixture.Item(fixture.ProjectFile, ("File", described!.GetMetadata("File")),
            ("AdditionalProperties", "TargetFramework=net10.0"));
        var order = Order(step);
        Assert.That(order.Execute(), Is.True, fixture.Engine.AllText);
        steps = order.Steps;
        var prepare = fixture.Make<PrepareBake>();
        prepare.Described = described!;
        prepare.Plans = plan.Plans;
        prepare.Builder = TaskFixture.Item("mine", ("Name", "mine"), ("Driver", "docker-container"));
        Assert.That(prepare.Execute(), Is.True, fixture.Engine.AllText);
        return prepare;
    }

    private OrderBake Order(params ITaskItem[] projects)
    {
        var order = fixture.Make<OrderBake>();
        (order.Projects, order.Described) = (projects, projects);
        return order;
    }

    private RunBake Run()
    {
        var run = fixture.Make<RunBake>();
        (run.Steps, run.Folder) = (steps, ObjFolder);
        fixture.Set(run, ("BuildKitProgress", "plain"));
        return run;
    }
}
