using BuildKit.Core.Builders;

namespace BuildKit.Core.Tests.Builders;

public sealed class BuilderListTests
{
    /// <summary>In the form of buildx 0.29.1.</summary>
    public const string Default =
        """{"Current":true,"Driver":"docker","Dynamic":false,"LastActivity":"0001-01-01T00:00:00Z","Name":"default","Nodes":[{"Name":"default","Endpoint":"default","Status":"running","Version":"v0.0.0+unknown","Platforms":["linux/amd64","linux/386"],"IDs":["a"],"Labels":{"org.mobyproject.buildkit.worker.snapshotter":"overlayfs"}}]}""";

    public const string GraphDriver =
        """{"Driver":"docker","Name":"graph","Nodes":[{"Name":"graph","Endpoint":"graph","Status":"running","Labels":{"org.mobyproject.buildkit.worker.moby.host-gateway-ip":"172.17.0.1"}}]}""";

    public const string Stopped =
        """{"Driver":"docker-container","Name":"ours","Nodes":[{"Name":"ours0","Endpoint":"unix:///var/run/docker.sock","Status":"inactive","DriverOpts":{"network":"host"}}]}""";

    public const string Unreachable =
        """{"Driver":"","Err":"Cannot connect to the Docker daemon at tcp://10.0.0.1:2375.","Name":"far","Nodes":null}""";

    [Test]
    public void Reads_one_builder_a_line()
    {
        var all = BuilderList.Parse(string.Join('\n', Default, GraphDriver, Stopped, Unreachable));
        Assert.Multiple(() =>
        {
            Assert.That(all.Select(builder => builder.Name), Is.EqualTo(new[] { "default", "graph", "ours", "far" }));
            Assert.That(all.Select(builder => builder.Driver), Is.EqualTo(new[] { "docker", "docker", "docker-container", "" }));
            Assert.That(all.Select(builder => builder.IsRunning), Is.EqualTo(new[] { true, true, false, false }));
            Assert.That(all.Select(builder => builder.Nodes.Any(node => node.ContainerdStore)), Is.EqualTo(new[] { true, false, false, false }));
            Assert.That(all[0].Nodes[0].Platforms, Is.EqualTo(new[] { "linux/amd64", "linux/386" }));
            Assert.That(all[3].Error, Does.StartWith("Cannot connect"));
        });
    }

    [TestCase("")]
    [TestCase("WARNING: something\n")]
    [TestCase("{\n{\"Driver\":\"docker\"}\n{}")]
    [TestCase("{\"Name\":1,\"Nodes\":[]}")]
    [TestCase("{\"Nodes\":[null,1]}")]
    public void Passes_over_what_is_no_builder(string text) => Assert.That(BuilderList.Parse(text), Is.Empty);

    [Test]
    public void A_builder_with_one_stopped_node_does_not_run() => Assert.That(
        BuilderList.Parse("""{"Name":"n","Nodes":[{"Status":"running"},{"Status":"stopped"}]}""").Single().IsRunning, Is.False);
}
