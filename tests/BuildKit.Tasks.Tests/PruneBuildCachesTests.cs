namespace BuildKit.Tasks.Tests;

public sealed class PruneBuildCachesTests
{
    [Test]
    public void A_project_without_a_registry_has_no_caches_to_list()
    {
        using var fixture = new TaskFixture();
        var task = fixture.Make<PruneBuildCaches>();
        task.Images = [TaskFixture.Item("shop")];
        fixture.Set(task, ("ContainerRepository", "shop"));
        task.ListOnly = true;
        Assert.That(task.Execute(), Is.True, fixture.Engine.AllText);
        Assert.That(task.Caches, Is.Empty);
        Assert.That(fixture.Engine.AllText, Does.Contain("BK7004: shop has no registry"));
    }
}
