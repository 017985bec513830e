namespace BuildKit.Tasks.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PlanBuildsTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Test]
    public void A_plan_tells_the_next_tasks_what_they_ask()
    {
        var task = fixture.Plan(("ContainerRegistry", "r.example.com"), ("ContainerImageTags", "1;2"));
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        var plan = task.Plans.Single();
        Assert.That((plan.ItemSpec, plan.GetMetadata("References"), plan.GetMetadata("FromDockerfile"), plan.GetMetadata("Pushes")),
            Is.EqualTo(("shop", "r.example.com/shop:1;r.example.com/shop:2", "true", "false")));
        Assert.That(plan.GetMetadata("PlanKey"), Is.Not.Empty);
        Assert.That(task.Unchanged, Is.Empty);
    }

    [Test]
    public void Metadata_of_an_image_wins_over_the_projects_properties()
    {
        var task = fixture.Plan(("ContainerRepository", "project"));
        task.Images = [TaskFixture.Item("a", ("ContainerRepository", "item"), ("ContainerArchiveOutputPath", "a.tar")), TaskFixture.Item("b")];
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(task.Plans.Select(plan => plan.GetMetadata("References")), Is.EqualTo(new[] { "item:latest", "project:latest" }));
    }

    [Test]
    public void A_wrong_setting_is_an_error_with_code_file_and_line()
    {
        File.WriteAllText(fixture.ProjectFile, "<Project>\n  <BuildKitNetwork>x</BuildKitNetwork>\n</Project>");
        var task = fixture.Plan(("BuildKitNetwork", "x"));
        Assert.That(task.Execute(), Is.False);
        var error = fixture.Engine.Errors.Single();
        Assert.That((error.Code, error.File, error.LineNumber, error.ColumnNumber), Is.EqualTo(("BK2001", fixture.ProjectFile, 2, 3)));
        Assert.That(task.Plans, Is.Empty);
    }

    [Test]
    public void What_later_steps_would_refuse_is_told_with_the_plan_all_at_once()
    {
        var task = fixture.Plan(("BuildKitLint", "loud"), ("BuildKitTimeout", "soon"), ("BuildKitCacheRepository", "Up per"),
            ("BuildKitNetwork", "x"));
        TaskFixture.Add(task, "BuildKitCacheFrom", "s3");
        TaskFixture.Add(task, "BuildKitCacheTo", "r.example.com/x:c", ("Mod", "max"));
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EquivalentTo(new[] { "BK2001", "BK1033", "BK2002", "BK4004", "BK4004", "BK2001" }));
        Assert.That(task.Plans, Is.Empty);
    }

    [Test]
    public void Two_images_of_one_name_are_an_error()
    {
        var task = fixture.Plan();
        task.Images = [TaskFixture.Item("a", ("ContainerRepository", "x")), TaskFixture.Item("b", ("ContainerRepository", "x"))];
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK2017" }));
    }

    [Test]
    public void From_plan_to_image_and_then_nothing_to_do()
    {
        var plan = fixture.Plan();
        Assert.That(plan.Execute(), Is.True, fixture.Engine.AllText);
        var ensure = fixture.Make<EnsureBuildKit>();
        fixture.Set(ensure, ("BuildKitBuilder", "mine"));
        Assert.That(ensure.Execute(), Is.True, fixture.Engine.AllText);
        var build = fixture.Make<DockerBuildxBuild>();
        fixture.Set(build);
        (build.Plan, build.Builder) = (plan.Plans.Single(), ensure.Builder.Single());
        build.CacheFrom = [TaskFixture.Item("c", ("Type", "registry"), ("Ref", "r/c:1"), ("Image", "shop")),
            TaskFixture.Item("d", ("Ref", "r/d:1"), ("Image", "other"))];
        Assert.That(build.Execute(), Is.True, fixture.Engine.AllText);

        var image = build.Image.Single();
        Assert.Multiple(() =>
        {
            Assert.That((image.ItemSpec, image.GetMetadata("Digest"), image.GetMetadata("Reference"), image.GetMetadata("Unchanged"),
                image.GetMetadata("Files")),
                Is.EqualTo(("shop", "sha256:0123456789abcdef0123", "shop:latest", "false", fixture.Folder.Full("obj/buildkit/out.tar"))));
            Assert.That(image.GetMetadata("Summary"),
                Does.Match("^wrote .*out.tar\n    [0-9.]+ s, because it was not built here before\n    sha256:0123456789abcdef"));
            Assert.That(fixture.Commands[^1].Arguments, Does.Contain("type=registry,ref=r/c:1").And.Not.Contain("type=registry,ref=r/d:1"));
            Assert.That(fixture.Commands[^1].Arguments, Is.SupersetOf(new[] { "--builder", "mine" }));
        });

        var again = fixture.Plan();
        Assert.That(again.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(again.Plans, Is.Empty);
        var wrong = fixture.Plan(("BuildKitLint", "loud"));
        Assert.That(wrong.Execute(), Is.False, "nothing changed is no reason to let it pass");
        Assert.That((again.Unchanged.Single().GetMetadata("Digest"), again.Unchanged[0].GetMetadata("Unchanged")),
            Is.EqualTo(("sha256:0123456789abcdef0123", "true")));

        var strict = fixture.Plan(("BuildKitLint", "error"));
        Assert.That(strict.Execute(), Is.True);
        Assert.That(strict.Plans, Has.Length.EqualTo(1), "what was never checked so may fail its checks");

        var other = fixture.Plan();
        TaskFixture.Add(other, "BuildKitNode", "arm", ("Endpoint", "tcp://a:1"));
        Assert.That(other.Execute(), Is.True);
        Assert.That(other.Plans, Has.Length.EqualTo(1), "another builder");

        File.AppendAllText(fixture.Folder.Full("obj/buildkit/out.tar"), "more");
        var moved = fixture.Plan();
        Assert.That(moved.Execute(), Is.True);
        Assert.That(moved.Plans, Has.Length.EqualTo(1));
        var forced = fixture.Plan(("BuildKitForce", "True"));
        Assert.That(forced.Execute(), Is.True);
        Assert.That(forced.Plans, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_plan_that_is_gone_is_our_own_fault()
    {
        var task = fixture.Make<DockerBuildxBuild>();
        (task.Plan, task.Builder) = (TaskFixture.Item("shop", ("PlanKey", "gone")), TaskFixture.Item("b"));
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK9001" }));
    }
}
