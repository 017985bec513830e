using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

public sealed class CreateCommandLineTests
{
    [Test]
    public void A_container_gets_our_mark_and_values_with_commas_are_quoted()
    {
        var definition = Read(Request with { DriverOptions = ["env.LIST=a,\"b\"", "network=host"], Flags = "--debug" },
            BuilderDriver.DockerContainer);
        Assert.That(CreateCommandLine.Of(definition, "").Single(), Is.EqualTo(new[]
        {
            "buildx", "create", "--name", "ci", "--driver", "docker-container",
            "--driver-opt", "\"env.LIST=a,\"\"b\"\"\"", "--driver-opt", "network=host", "--driver-opt", "env.BUILDKIT_TASKS=1",
            "--buildkitd-flags", "--debug",
        }));
    }

    [Test]
    public void Each_further_node_is_appended()
    {
        var definition = Read(Request with
        {
            Nodes = [Item("amd", ("Endpoint", "tcp://amd:1234"), ("Platforms", "linux/amd64")),
                Item("arm", ("Endpoint", "tcp://arm:1234"), ("Platforms", "linux/arm64"))],
        }, BuilderDriver.Remote, "farm");
        Assert.That(CreateCommandLine.Of(definition, "").Select(line => string.Join(' ', line)), Is.EqualTo(new[]
        {
            "buildx create --name farm --driver remote --node amd --platform linux/amd64 tcp://amd:1234",
            "buildx create --name farm --driver remote --append --node arm --platform linux/arm64 tcp://arm:1234",
        }));
    }

    // DevSpace's ensureBuilder (pkg/devspace/build/builder/buildkit) appends these, in this order, for its inCluster section.
    [Test]
    public void A_builder_in_a_cluster_is_made_with_the_arguments_that_DevSpace_gives()
    {
        string[] devSpace =
        [
            "create", "--driver", "kubernetes", "--driver-opt", "namespace=shop", "--name", "devspace-shop",
            "--driver-opt", "rootless=true", "--driver-opt", "image=registry.example.com/buildkit:rootless", "--driver-opt", "nodeselector=disk=ssd",
        ];
        var definition = Read(Request with
        {
            DriverOptions = ["namespace=shop", "rootless=true", "image=registry.example.com/buildkit:rootless", "nodeselector=disk=ssd"],
        }, BuilderDriver.Kubernetes, "devspace-shop");
        Assert.That(Pairs([.. CreateCommandLine.Of(definition, "").Single().Skip(1)]), Is.EquivalentTo(Pairs(devSpace)));
    }

    [Test]
    public void Only_what_is_asked_is_printed() =>
        Assert.That(CreateCommandLine.Of(Read(Request with { Endpoint = "unix:///run/b.sock" }, BuilderDriver.Remote), "").Single(),
            Is.EqualTo(new[] { "buildx", "create", "--name", "ci", "--driver", "remote", "unix:///run/b.sock" }));

    private static IEnumerable<string> Pairs(string[] arguments) => arguments.Skip(1).Chunk(2).Select(pair => string.Join(' ', pair));
}
