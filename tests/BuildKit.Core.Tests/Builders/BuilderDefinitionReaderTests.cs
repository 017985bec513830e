using BuildKit.Core.Drivers;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

public sealed class BuilderDefinitionReaderTests
{
    [Test]
    public void Properties_describe_one_node()
    {
        var definition = Read(Request with { DriverOptions = ["memory=2g", "image=a:1", "memory=3g"], Flags = "--debug --group 'a b'" },
            BuilderDriver.DockerContainer);
        var node = definition.Nodes.Single();
        Assert.That(node.Options, Is.EqualTo(new Dictionary<string, string> { ["image"] = "a:1", ["memory"] = "3g" }));
        Assert.That(node.Flags, Is.EqualTo(new[] { "--debug", "--group", "a b" }));
    }

    [Test]
    public void Items_describe_nodes_whose_metadata_are_the_drivers_options()
    {
        var definition = Read(Request with
        {
            DriverOptions = ["namespace=build", "replicas=1"],
            Nodes =
            [
                Item("amd", ("Platforms", "linux/amd64"), ("NodeSelector", "kubernetes.io/arch=amd64"), ("RequestsCpu", "500m")),
                Item("arm", ("Platforms", "linux/arm64;linux/arm/v7"), ("Replicas", "3"), ("Tolerations", "key=arm,operator=Exists")),
            ],
        }, BuilderDriver.Kubernetes);
        Assert.That(definition.Nodes.Select(node => node.Name), Is.EqualTo(new[] { "amd", "arm" }));
        Assert.That(definition.Nodes[0].Options, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["namespace"] = "build",
            ["replicas"] = "1",
            ["nodeselector"] = "kubernetes.io/arch=amd64",
            ["requests.cpu"] = "500m",
        }));
        Assert.That(definition.Nodes[1].Options["replicas"], Is.EqualTo("3"));
        Assert.That(definition.Nodes[1].Platforms, Is.EqualTo(new[] { "linux/arm64", "linux/arm/v7" }));
    }

    [TestCase("unix:")]
    [TestCase("unix://")]
    [TestCase("unix:relative.sock")]
    [TestCase("unix://relative.sock")]
    [TestCase("tcp:")]
    [TestCase("tcp://")]
    [TestCase("ssh:")]
    [TestCase("docker-container:")]
    [TestCase("docker-container://")]
    [TestCase("kube-pod:")]
    [TestCase("kube-pod://?namespace=a")]
    public void An_endpoint_that_names_nothing_is_refused_with_the_forms(string endpoint)
    {
        var refusal = Refusal(() => Read(Request with { Endpoint = endpoint }, BuilderDriver.Remote)).Single();
        Assert.That((refusal.Code, refusal.Message), Is.EqualTo(("BK2001", refusal.Message)));
        Assert.That(refusal.Message, Does.Contain($"\"{endpoint}\"").And.Contains(RemoteEndpoint.Forms));
    }

    [Test]
    public void A_socket_with_a_path_that_no_system_takes_is_refused() =>
        Assert.That(Refusal(() => Read(Request with { Endpoint = "unix:///" + new string('x', 120) }, BuilderDriver.Remote)).Single().Message,
            Does.Contain("at most 107 bytes"));

    [Test]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var diagnostics = Refusal(() => Read(Request with
        {
            DriverOptions = ["cpu-shares=many"],
            Nodes = [Item("a", ("Endpiont", "tcp://a")), Item("a", ("Platforms", "linux/arm65"))],
            Registries = [Item("r:5000", ("Http", "maybe"), ("CertificateAuthority", "no-such.pem")), Item("https://r/")],
        }, BuilderDriver.DockerContainer));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Message), Has
            .Some.Contains("cpu-shares is \"many\", and must be a whole number").And
            .Some.Contains("has no metadata Endpiont").And
            .Some.Contains("two nodes of this name").And
            .Some.Contains("\"linux/arm65\" is no platform").And
            .Some.Contains("Http is \"maybe\"").And
            .Some.Contains("no-such.pem").And
            .Some.Contains("write the host as it stands in image names"));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Code).Distinct(), Is.SubsetOf(new[] { "BK1030", "BK1023" }));
    }

    [Test]
    public void A_platform_belongs_to_one_node() =>
        Assert.That(
            Refusal(() => Read(Request with { Nodes = [Item("a", ("Platforms", "linux/amd64")), Item("b", ("Platforms", "linux/amd64"))] },
                BuilderDriver.Remote)).Single().Message,
            Does.Contain("the platform linux/amd64 is asked of another node too"));

    [Test]
    public void Certificates_are_given_with_full_paths()
    {
        var options = Read(Request with { WorkingDirectory = "/src", DriverOptions = ["cacert=tls/ca.pem"], Endpoint = "tcp://h:1" },
            BuilderDriver.Remote).Nodes[0].Options;
        Assert.That(options["cacert"], Is.EqualTo(Path.GetFullPath("/src/tls/ca.pem")));
    }

    [Test]
    public void Registries_become_sections_behind_the_projects_own_configuration()
    {
        using var folder = new TestFolder();
        var request = Request with
        {
            WorkingDirectory = folder.Path,
            ConfigFile = folder.Write("buildkitd.toml", "debug = true\n"),
            Registries =
            [
                Item("local:5000", ("Http", "true"), ("Mirrors", "mirror:1;mirror:2")),
                Item("corp.example.com", ("Insecure", "true"), ("CertificateAuthority", folder.Write("ca.pem", "one")),
                    ("ClientCertificate", folder.Write("c.pem")), ("ClientKey", folder.Write("k.pem"))),
            ],
        };
        var first = Read(request, BuilderDriver.DockerContainer).Configuration;
        Assert.That(first.Text, Is.EqualTo($"""
            debug = true
            [registry."local:5000"]
              http = true
              mirrors = ["mirror:1", "mirror:2"]
            [registry."corp.example.com"]
              insecure = true
              ca = ["{Toml(folder.Full("ca.pem"))}"]
              [[registry."corp.example.com".keypair]]
                key = "{Toml(folder.Full("k.pem"))}"
                cert = "{Toml(folder.Full("c.pem"))}"

            """));
        static string Toml(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal);
        folder.Write("ca.pem", "renewed");
        Assert.That(Read(request, BuilderDriver.DockerContainer).Configuration.Hash, Is.Not.EqualTo(first.Hash).And.Length.EqualTo(12));

        folder.Write("buildkitd.toml", "[registry.\"local:5000\"]\n");
        Assert.That(Refusal(() => Read(request, BuilderDriver.DockerContainer)).Single().Message,
            Does.Contain("has a section for this registry already"));
    }

    [TestCase("2g", true), TestCase("512Mi", true), TestCase("500m", true), TestCase("1.5", true), TestCase("-1", true)]
    [TestCase("two", false), TestCase("2 g", false), TestCase("", false)]
    public void Quantities(string value, bool accepted) =>
        Assert.That(new DriverOption("memory", DriverOptionForm.Quantity).Accepts(value), Is.EqualTo(accepted));
}
