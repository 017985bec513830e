using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

public sealed class BuilderComparisonTests
{
    private static readonly BuilderNode Node = new("n0", "unix:///d.sock", "running", ["linux/amd64", "linux/arm64"], true)
    {
        Options = new Dictionary<string, string> { ["memory"] = "2g", ["image"] = "a:1" },
        Flags = ["--debug", DaemonFlags.AddedByBuildx],
    };

    private static readonly ListedBuilder TheirBuilder = new("team", "docker-container", "", [Node]);

    [Test]
    public void A_users_builder_may_have_more_than_is_asked() =>
        Assert.That(Of(["memory=2g"], TheirBuilder), Is.Empty);

    [Test]
    public void Ours_may_not() =>
        Assert.That(Of(["memory=2g"], TheirBuilder with { Name = "buildkit-tasks" }),
            Is.EqualTo(new[] { "it has image=a:1, which is not asked for" }));

    [Test]
    public void When_only_a_driver_is_asked_for_any_builder_of_it_will_do() =>
        Assert.That(Of([], TheirBuilder with { Name = "buildkit-tasks" }), Is.Empty);

    [Test]
    public void Each_difference_is_told() =>
        Assert.That(Of(["memory=4g", "network=host"], TheirBuilder, "--oci-worker=false"), Is.EqualTo(new[]
        {
            "it has memory=2g and not 4g", "it has no network=host", "it has no flag --oci-worker=false",
        }));

    [Test]
    public void Another_driver_is_the_only_difference_that_is_told() =>
        Assert.That(BuilderComparison.Differences(Read(Request with { DriverOptions = ["namespace=a"] }, BuilderDriver.Kubernetes), TheirBuilder),
            Is.EqualTo(new[] { "it has the docker-container driver and not kubernetes" }));

    [Test]
    public void Nodes_with_names_are_found_by_them()
    {
        var definition = Read(Request with
        { Nodes = [Item("n0", ("Platforms", "linux/arm64;linux/s390x")), Item("n1", ("Endpoint", "unix:///e.sock"))] },
            BuilderDriver.DockerContainer);
        Assert.That(BuilderComparison.Differences(definition, TheirBuilder with { Nodes = [Node, Node with { Name = "n2" }] }), Is.EqualTo(new[]
        {
            "its node \"n0\" has no platform linux/s390x", "it has no node \"n1\"", "it has a node \"n2\" that is not asked for",
        }));
    }

    [Test]
    public void A_configuration_of_ours_is_compared_by_its_hash_and_another_by_its_registries()
    {
        var definition = Read(Request with { Registries = [Item("r:5000", ("Http", "true"))] }, BuilderDriver.DockerContainer);
        BuilderNode With(string hash) => Node with { Options = new Dictionary<string, string> { [OwnBuilders.Marker] = hash } };
        Assert.Multiple(() =>
        {
            Assert.That(BuilderComparison.Differences(definition, TheirBuilder with { Nodes = [With(definition.Configuration.Hash)] }), Is.Empty);
            Assert.That(BuilderComparison.Differences(definition, TheirBuilder with { Nodes = [With("1")] }),
                Is.EqualTo(new[] { "it has another buildkitd configuration" }));
            Assert.That(BuilderComparison.Differences(definition, TheirBuilder), Is.EqualTo(new[] { "it has another buildkitd configuration" }));
            Assert.That(BuilderComparison.Differences(definition,
                TheirBuilder with { Nodes = [Node with { Configuration = "[registry]\n  [registry.\"r:5000\"]\n" }] }), Is.Empty);
        });
    }

    private static IReadOnlyList<string> Of(string[] options, ListedBuilder found, string flags = "") =>
        BuilderComparison.Differences(Read(Request with { DriverOptions = options, Flags = flags }, BuilderDriver.DockerContainer), found);
}
