using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;

namespace BuildKit.Core.Tests.Drivers;

public sealed class DriverTests
{
    [TestCase(BuilderDriver.Docker, false, false, true)]
    [TestCase(BuilderDriver.Docker, true, true, true)]
    [TestCase(BuilderDriver.DockerContainer, false, true, false)]
    [TestCase(BuilderDriver.Kubernetes, false, true, false)]
    [TestCase(BuilderDriver.Remote, false, true, false)]
    public void Only_the_graph_driver_store_lacks_something(BuilderDriver driver, bool containerd, bool full, bool loads) =>
        Assert.That(DriverFeatures.Of(driver, containerd), Is.EqualTo(new DriverFeatures(full, full, full, full, full, loads)));

    [TestCase("docker", BuilderDriver.Docker)]
    [TestCase("Docker-Container", BuilderDriver.DockerContainer)]
    [TestCase("kubernetes", BuilderDriver.Kubernetes)]
    [TestCase("remote", BuilderDriver.Remote)]
    public void Names_are_read_and_printed(string name, BuilderDriver driver)
    {
        Assert.That(BuilderRequest.Of(ProjectOf.Properties(("BuildKitDriver", name))).Driver, Is.EqualTo(driver));
        Assert.That(driver.NameOf(), Is.EqualTo(name.ToLowerInvariant()));
    }

    [Test]
    public void An_empty_driver_is_any_and_a_wrong_one_is_BK2001()
    {
        Assert.That(BuilderRequest.Of(ProjectOf.Properties()).Driver, Is.Null);
        var failure = Assert.Throws<DiagnosticException>(() => BuilderRequest.Of(ProjectOf.Properties(("BuildKitDriver", "podman"))))!;
        Assert.That((failure.Diagnostics.Single().Code, failure.Diagnostics[0].Location!.File), Is.EqualTo(("BK2001", ProjectOf.File)));
        Assert.That(failure.Message, Does.Contain("docker, docker-container, kubernetes or remote"));
    }
}
