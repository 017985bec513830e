using System.Reflection;
using BuildKit.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TaskTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [TestCase(typeof(PlanBuilds), "Definitions IntermediateFolder ProjectFile Properties", "Plans Unchanged UnchangedPlatforms")]
    [TestCase(typeof(EnsureBuildKit), "ProjectFile", "Builder")]
    [TestCase(typeof(ResolveCacheRefs), "Plans ProjectFile", "CacheFrom CacheTo")]
    [TestCase(typeof(PruneBuildCaches), "Definitions ProjectFile Properties", "Caches")]
    [TestCase(typeof(DockerBuildxBuild), "Builder Plan ProjectFile", "Image PlatformImages")]
    public void Required_parameters_and_outputs_are_these(Type task, string required, string outputs)
    {
        Assert.That(Names<RequiredAttribute>(task), Is.EqualTo(required));
        Assert.That(Names<OutputAttribute>(task), Is.EqualTo(outputs));
    }

    [Test]
    public void Every_task_may_run_beside_others_in_one_process()
    {
        var tasks = typeof(BuildKitTask).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ITask)) && !type.IsAbstract).ToList();
        Assert.That(tasks, Has.Count.EqualTo(13));
        foreach (var task in tasks)
        {
            Assert.That(task.GetCustomAttributes(inherit: false).Select(attribute => attribute.GetType().FullName), Has.Some.EqualTo("Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute"), task.Name);
            Assert.That(task.IsAssignableTo(typeof(ICancelableTask)), Is.True, task.Name);
        }
    }

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
        task.Definitions = [TaskFixture.Item("a", ("ContainerRepository", "item"), ("ContainerArchiveOutputPath", "a.tar")), TaskFixture.Item("b")];
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(task.Plans.Select(plan => plan.GetMetadata("References")), Is.EqualTo(new[] { "item:latest", "project:latest" }));
    }

    [Test]
    public void A_wrong_setting_is_an_error_with_code_file_line_and_help()
    {
        File.WriteAllText(fixture.ProjectFile, "<Project>\n  <BuildKitNetwork>x</BuildKitNetwork>\n</Project>");
        var task = fixture.Plan(("BuildKitNetwork", "x"));
        Assert.That(task.Execute(), Is.False);
        var error = fixture.Engine.Errors.Single();
        Assert.That((error.Code, error.File, error.LineNumber, error.ColumnNumber), Is.EqualTo(("BK2001", fixture.ProjectFile, 2, 3)));
        Assert.That(error.HelpLink, Does.EndWith("Diagnostics/README.md#bk2001"));
        Assert.That(task.Plans, Is.Empty);
    }

    [Test]
    public void Two_images_of_one_name_are_an_error()
    {
        var task = fixture.Plan();
        task.Definitions = [TaskFixture.Item("a", ("ContainerRepository", "x")), TaskFixture.Item("b", ("ContainerRepository", "x"))];
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK2017" }));
    }

    [Test]
    public void From_plan_to_image_and_then_nothing_to_do()
    {
        var plan = fixture.Plan();
        Assert.That(plan.Execute(), Is.True, fixture.Engine.AllText);
        var ensure = fixture.Make<EnsureBuildKit>();
        ensure.BuilderName = "mine";
        Assert.That(ensure.Execute(), Is.True, fixture.Engine.AllText);
        var build = fixture.Make<DockerBuildxBuild>();
        (build.Plan, build.Builder) = (plan.Plans.Single(), ensure.Builder.Single());
        build.CacheFrom = [TaskFixture.Item("c", ("Type", "registry"), ("Ref", "r/c:1"), ("Image", "shop")), TaskFixture.Item("d", ("Ref", "r/d:1"), ("Image", "other"))];
        Assert.That(build.Execute(), Is.True, fixture.Engine.AllText);

        var image = build.Image.Single();
        Assert.Multiple(() =>
        {
            Assert.That((image.ItemSpec, image.GetMetadata("Digest"), image.GetMetadata("Reference"), image.GetMetadata("Unchanged"), image.GetMetadata("Files")),
                Is.EqualTo(("shop", "sha256:0123456789abcdef0123", "shop:latest", "false", fixture.Folder.Full("obj/buildkit/out.tar"))));
            Assert.That(image.GetMetadata("Summary"), Does.StartWith("shop:latest@sha256:0123456789ab…  "));
            Assert.That(fixture.Commands[^1].Arguments, Does.Contain("type=registry,ref=r/c:1").And.Not.Contain("type=registry,ref=r/d:1"));
            Assert.That(fixture.Commands[^1].Arguments, Is.SupersetOf(new[] { "--builder", "mine" }));
        });

        var again = fixture.Plan();
        Assert.That(again.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(again.Plans, Is.Empty);
        Assert.That((again.Unchanged.Single().GetMetadata("Digest"), again.Unchanged[0].GetMetadata("Unchanged")), Is.EqualTo(("sha256:0123456789abcdef0123", "true")));

        File.AppendAllText(fixture.Folder.Full("obj/buildkit/out.tar"), "more");
        var moved = fixture.Plan();
        Assert.That(moved.Execute(), Is.True);
        Assert.That(moved.Plans, Has.Length.EqualTo(1));
        var forced = fixture.Plan(("BuildKitForce", "True"));
        Assert.That(forced.Execute(), Is.True);
        Assert.That(forced.Plans, Has.Length.EqualTo(1));
    }

    [Test]
    public void The_builder_is_asked_for_once_in_a_build()
    {
        foreach (var _ in new int[3])
        {
            var task = fixture.Make<EnsureBuildKit>();
            task.BuilderName = "mine";
            Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
            Assert.That((task.Builder.Single().ItemSpec, task.Builder[0].GetMetadata("Driver"), task.Builder[0].GetMetadata("BuildxVersion")),
                Is.EqualTo(("mine", "docker-container", "0.29.1")));
        }

        Assert.That(fixture.Commands, Has.Count.EqualTo(2));
        var other = fixture.Make<EnsureBuildKit>();
        (other.BuilderName, other.DriverOptions) = ("mine", [TaskFixture.Item("network", ("Value", "host"))]);
        Assert.That(other.Execute(), Is.True);
        Assert.That(fixture.Commands, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_missing_engine_is_an_error_by_default()
    {
        var task = Without();
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK1001" }));
    }

    [Test]
    public void A_missing_engine_is_a_message_when_it_is_optional()
    {
        var task = Without();
        task.Optional = true;
        Assert.That(task.Execute(), Is.True);
        Assert.That(fixture.Engine.Errors, Is.Empty);
        Assert.That(fixture.Engine.Warnings, Is.Empty);
        Assert.That(fixture.Engine.Messages.Select(message => message.Message), Has.Some.StartsWith("BK1020: ").And.Some.Contains("BK1001"));
        Assert.That(task.Builder, Is.Empty);
    }

    [Test]
    public void Another_fault_stays_an_error_when_the_engine_is_optional()
    {
        var task = fixture.Make<EnsureBuildKit>();
        (task.Optional, task.BuilderName) = (true, "other");
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK1007" }));
    }

    [Test]
    public void A_wrong_driver_is_BK2001()
    {
        var task = fixture.Make<EnsureBuildKit>();
        task.Driver = "podman";
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK2001" }));
    }

    [Test]
    public void An_unexpected_exception_is_BK9001_at_the_project_and_never_leaves_the_task()
    {
        var task = fixture.Make<EnsureBuildKit>();
        task.BuilderName = "mine";
        fixture.Docker = (_, _, _) => throw new InvalidOperationException("unheard of");
        Assert.That(task.Execute(), Is.False);
        var error = fixture.Engine.Errors.Single();
        Assert.That((error.Code, error.File), Is.EqualTo(("BK9001", fixture.ProjectFile)));
        Assert.That(error.Message, Does.Contain("InvalidOperationException: unheard of"));
    }

    [Test]
    public void A_plan_that_is_gone_is_our_own_fault()
    {
        var task = fixture.Make<DockerBuildxBuild>();
        (task.Plan, task.Builder) = (TaskFixture.Item("shop", ("PlanKey", "gone")), TaskFixture.Item("b"));
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK9001" }));
    }

    [Test]
    public void Cancelling_often_ends_the_task_once_without_an_error()
    {
        var task = fixture.Make<EnsureBuildKit>();
        task.BuilderName = "mine";
        var calls = 0;
        fixture.Docker = (_, _, cancellation) =>
        {
            cancellation.Graceful.Register(() => calls++);
            for (var i = 0; i < 5000; i++)
            {
                task.Cancel();
            }

            Assert.That(cancellation.Graceful.IsCancellationRequested, Is.True);
            return Task.FromCanceled<int>(cancellation.Graceful);
        };
        Assert.That(task.Execute(), Is.False);
        task.Cancel();
        Assert.That(calls, Is.EqualTo(1));
        Assert.That(fixture.Engine.Errors, Is.Empty);
        Assert.That(fixture.Engine.Warnings, Is.Empty);
    }

    [Test]
    public void A_cancelled_build_is_first_asked_and_not_killed()
    {
        var task = fixture.Make<DockerBuildxBuild>();
        var plan = fixture.Plan();
        plan.Execute();
        (task.Plan, task.Builder) = (plan.Plans.Single(), TaskFixture.Item("b", ("Driver", "docker-container")));
        fixture.Docker = (_, _, cancellation) =>
        {
            task.Cancel();
            Assert.That((cancellation.Graceful.IsCancellationRequested, cancellation.Forceful.IsCancellationRequested), Is.EqualTo((true, false)));
            return Task.FromResult(130);
        };
        Assert.That(task.Execute(), Is.False);
        Assert.That(task.Image, Is.Empty);
        Assert.That(fixture.Engine.Errors, Is.Empty);
    }

    [Test]
    public void Caches_are_resolved_for_every_image()
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans =
        [
            fixture.Planned(task, "a", "a:1", pushes: false),
            fixture.Planned(task, "b", "localhost:1/b:1", pushes: true),
            fixture.Planned(task, "c", "", pushes: false),
        ];
        (task.Profile, task.ProductionTag) = ("production", "main");
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(task.CacheFrom.Select(cache => $"{cache.GetMetadata("Image")} {cache.GetMetadata("Ref")}"), Is.EqualTo(new[] { "b localhost:1/b:main" }));
        Assert.That(task.CacheTo.Select(cache => $"{cache.GetMetadata("Type")} {cache.GetMetadata("Mode")} {cache.GetMetadata("IgnoreError")}"), Is.EqualTo(new[] { "registry max true" }));
    }

    [Test]
    public void A_builder_that_cannot_write_caches_is_one_warning_at_the_project()
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans = [fixture.Planned(task, "a", "localhost:1/a:1", pushes: true)];
        task.Builder = TaskFixture.Item("default", ("Driver", "docker"), ("ContainerdStore", "false"));
        Assert.That(task.Execute(), Is.True);
        Assert.That(fixture.Engine.Warnings.Select(warning => (warning.Code, warning.File)), Is.EqualTo(new[] { ("BK4002", fixture.ProjectFile) }));
        Assert.That(task.CacheTo, Is.Empty);
    }

    [Test]
    public void Items_of_the_project_take_the_place_of_the_profiles()
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans = [fixture.Planned(task, "a", "localhost:1/a:1", pushes: true)];
        task.Profile = "Development";
        task.Reads = [TaskFixture.Item("localhost:1/base:c"), TaskFixture.Item("auto"), TaskFixture.Item("localhost:1/b:c", ("Image", "b"))];
        task.Writes = [TaskFixture.Item("cache", ("Type", "local"), ("Mode", "max"))];
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(task.CacheFrom.Select(cache => cache.GetMetadata("Ref")), Is.EqualTo(new[] { "localhost:1/base:c", "localhost:1/a:devcache", "localhost:1/a:buildcache" }));
        Assert.That(task.CacheTo.Single().GetMetadata("Dest"), Is.EqualTo(fixture.Folder.Full("cache")));
    }

    [TestCase("profile", "BK2001")]
    [TestCase("type", "BK2001")]
    [TestCase("write", "BK2001")]
    [TestCase("repository", "BK2002")]
    [TestCase("tag", "BK2003")]
    public void Wrong_cache_settings_are_errors(string which, string code)
    {
        var task = fixture.Make<ResolveCacheRefs>();
        task.Plans = [fixture.Planned(task, "a", "localhost:1/a:1", pushes: false)];
        task.Profile = which == "profile" ? "x" : "";
        task.CacheType = which == "type" ? "x" : "";
        task.Write = which == "write" ? "x" : "";
        task.Repository = which == "repository" ? "X X" : "";
        task.DevelopmentTag = which == "tag" ? "-" : "";
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { code }));
    }

    [Test]
    public void Texts_with_braces_and_line_breaks_reach_the_log_as_they_are()
    {
        var log = new Microsoft.Build.Utilities.TaskLoggingHelper(fixture.Engine, "test");
        var sink = new MSBuildDiagnosticSink(log, "", fixture.Engine);
        sink.Report(new Diagnostic(InternalDiagnostics.Unexpected, "{0} {x}\nmore", null));
        sink.Message(MessageLevel.Important, "{1}");
        Assert.That(fixture.Engine.Errors.Single().Message, Is.EqualTo("{0} {x}\nmore"));
        Assert.That((fixture.Engine.Messages.Single().Message, fixture.Engine.Messages[0].Importance), Is.EqualTo(("{1}", MessageImportance.High)));
    }

    private EnsureBuildKit Without()
    {
        var task = fixture.Make<EnsureBuildKit>();
        (task.DockerCliFactory, task.DockerPath) = (null, fixture.Folder.Full("no-docker"));
        return task;
    }

    private static string Names<T>(Type task)
        where T : Attribute =>
        string.Join(' ', task.GetProperties().Where(property => property.GetCustomAttribute<T>() is not null).Select(property => property.Name).Order(StringComparer.Ordinal));
}
