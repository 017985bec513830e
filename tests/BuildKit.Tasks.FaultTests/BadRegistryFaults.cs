namespace BuildKit.Tasks.FaultTests;

/// <summary>A registry that answers, but not as it should.</summary>
public sealed class BadRegistryFaults : Story
{
    [Test]
    public async Task A_registry_that_cuts_an_answer_is_named()
    {
        using var registry = new MoodyRegistry((method,
            path) => path.Contains("/blobs/", StringComparison.Ordinal) && method == "GET" ? RegistryMood.Cut : RegistryMood.Through);
        WriteConsole($"<ContainerBaseImage>{registry.Address}/dotnet/runtime:10.0</ContainerBaseImage>");
        var error = (await Project.PublishAsync()).FailedWith("BK3008");
        Assert.That(error.Text, Does.Contain(registry.Address));
    }
}
