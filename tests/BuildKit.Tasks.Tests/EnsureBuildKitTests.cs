using Microsoft.Build.Framework;

namespace BuildKit.Tasks.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EnsureBuildKitTests : IDisposable
{
    private readonly TaskFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Test]
    public void The_builder_is_asked_for_once_in_a_build()
    {
        foreach (var _ in new int[3])
        {
            var task = fixture.Make<EnsureBuildKit>();
            fixture.Set(task, ("BuildKitBuilder", "mine"));
            Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
            Assert.That((task.Builder.Single().ItemSpec, task.Builder[0].GetMetadata("Driver"), task.Builder[0].GetMetadata("BuildxVersion")),
                Is.EqualTo(("mine", "docker-container", "0.29.1")));
        }

        Assert.That(fixture.Commands, Has.Count.EqualTo(2));
        var other = fixture.Make<EnsureBuildKit>();
        fixture.Set(other, ("BuildKitBuilder", "mine"));
        TaskFixture.Add(other, "BuildKitDriverOption", "network", ("Value", "host"));
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
        var task = Without(("BuildKitEnabled", "auto"));
        Assert.That(task.Execute(), Is.True);
        Assert.That(fixture.Engine.Errors, Is.Empty);
        Assert.That(fixture.Engine.Warnings, Is.Empty);
        Assert.That(fixture.Engine.Messages.Select(message => message.Message), Has.Some.StartsWith("BK1020: ").And.Some.Contains("BK1001"));
        Assert.That(task.Builder, Is.Empty);

        var next = Without(("BuildKitEnabled", "auto"));
        Assert.That(next.Execute(), Is.True);
        Assert.That(fixture.Engine.Messages.Where(message => message.Message!.StartsWith("BK1020", StringComparison.Ordinal))
            .Select(message => message.Importance),
            Is.EqualTo(new[] { MessageImportance.High, MessageImportance.Normal }), "everyone sees it once");
    }

    [Test]
    public void Another_fault_stays_an_error_when_the_engine_is_optional()
    {
        var task = fixture.Make<EnsureBuildKit>();
        fixture.Set(task, ("BuildKitEnabled", "auto"), ("BuildKitBuilder", "other"));
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK1007" }));
    }

    [Test]
    public void A_wrong_driver_is_BK2001()
    {
        var task = fixture.Make<EnsureBuildKit>();
        fixture.Set(task, ("BuildKitDriver", "podman"));
        Assert.That(task.Execute(), Is.False);
        Assert.That(fixture.Engine.ErrorCodes, Is.EqualTo(new[] { "BK2001" }));
    }

    private EnsureBuildKit Without(params (string Name, string Value)[] properties)
    {
        var task = fixture.Make<EnsureBuildKit>();
        task.DockerCliFactory = null;
        fixture.Set(task, [.. properties, ("BuildKitDockerPath", fixture.Folder.Full("no-docker"))]);
        return task;
    }
}
