using System.Reflection;
using BuildKit.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TaskTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [TestCase(typeof(PlanBuilds), "Images ProjectFile", "Plans Unchanged UnchangedPlans UnchangedPlatforms")]
    [TestCase(typeof(EnsureBuildKit), "ProjectFile", "Builder")]
    [TestCase(typeof(ResolveCacheRefs), "Plans ProjectFile", "CacheFrom CacheTo")]
    [TestCase(typeof(PruneBuildCaches), "Images ProjectFile", "Caches")]
    [TestCase(typeof(DockerBuildxBuild), "Builder Plan ProjectFile", "Image PlatformImages Steps")]
    [TestCase(typeof(FinishBake), "ProjectFile Sessions", "Images PlatformImages Steps")]
    public void Required_parameters_and_outputs_are_these(Type task, string required, string outputs)
    {
        Assert.That(Names<RequiredAttribute>(task), Is.EqualTo(required));
        Assert.That(Names<OutputAttribute>(task), Is.EqualTo(outputs));
    }

    [Test]
    public void Every_task_may_run_beside_others_in_one_process()
    {
        var tasks = typeof(BuildKitTask).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ITask)) && !type.IsAbstract).ToList();
        Assert.That(tasks, Has.Count.EqualTo(22));
        foreach (var task in tasks)
        {
            Assert.That(task.GetCustomAttributes(inherit: false).Select(attribute => attribute.GetType().FullName),
                Has.Some.EqualTo("Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute"), task.Name);
            Assert.That(task.IsAssignableTo(typeof(ICancelableTask)), Is.True, task.Name);
        }
    }

    [Test]
    public void An_unexpected_exception_is_BK9001_at_the_project_and_never_leaves_the_task()
    {
        var task = fixture.Make<EnsureBuildKit>();
        fixture.Set(task, ("BuildKitBuilder", "mine"));
        fixture.Docker = (_, _, _) => throw new InvalidOperationException("unheard of");
        Assert.That(task.Execute(), Is.False);
        var error = fixture.Engine.Errors.Single();
        Assert.That((error.Code, error.File), Is.EqualTo(("BK9001", fixture.ProjectFile)));
        Assert.That(error.Message, Does.Contain("InvalidOperationException: unheard of"));
    }

    [Test]
    public void Cancelling_often_ends_the_task_once_without_an_error()
    {
        var task = fixture.Make<EnsureBuildKit>();
        fixture.Set(task, ("BuildKitBuilder", "mine"));
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
    public void Texts_with_braces_and_line_breaks_reach_the_log_as_they_are()
    {
        var log = new Microsoft.Build.Utilities.TaskLoggingHelper(fixture.Engine, "test");
        var sink = new MSBuildDiagnosticSink(log, "", fixture.Engine, "");
        sink.Report(new Diagnostic(InternalDiagnostics.Unexpected, "{0} {x}\nmore", null));
        sink.Message(MessageLevel.Important, "{1}");
        Assert.That(fixture.Engine.Errors.Single().Message, Is.EqualTo("{0} {x}\nmore"));
        Assert.That((fixture.Engine.Messages.Single().Message, fixture.Engine.Messages[0].Importance), Is.EqualTo(("{1}", MessageImportance.High)));
    }

    [Test]
    public void What_a_target_has_to_say_is_one_message_in_the_form_of_a_projects_result()
    {
        var log = new Microsoft.Build.Utilities.TaskLoggingHelper(fixture.Engine, "test");
        var sink = new MSBuildDiagnosticSink(log, "/src/shop.csproj", fixture.Engine, "");
        sink.Message(MessageLevel.Result, "2 caches in r/shop");
        sink.Message(MessageLevel.Result, "devcache");
        sink.ShowResult();
        sink.ShowResult();
        Assert.That(fixture.Engine.Messages.Select(message => (message.Message, message.Importance)),
            Is.EqualTo(new[] { ("shop -> 2 caches in r/shop\n    devcache", MessageImportance.High) }));
    }

    private static string Names<T>(Type task)
        where T : Attribute =>
        string.Join(' ',
            task.GetProperties().Where(property => property.GetCustomAttribute<T>() is not null).Select(property => property.Name)
                .Order(StringComparer.Ordinal));
}
