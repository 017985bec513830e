using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Builders;

/// <summary>All that decides which builder a build gets is in one text, without asking anybody.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BuilderIdentityTests : IDisposable
{
    private static readonly Dictionary<string, Func<BuilderRequest, TestFolder, BuilderRequest>> Counting = new()
    {
        ["name"] = (r, _) => r with { Name = "other" },
        ["driver"] = (r, _) => r with { Driver = BuilderDriver.Kubernetes },
        ["option"] = (r, _) => r with { DriverOptions = ["network=host"] },
        ["flags"] = (r, _) => r with { Flags = "--debug" },
        ["config_file"] = (r, folder) => r with { ConfigFile = folder.Write("buildkitd.toml", "debug = true\n") },
        ["node"] = (r, _) => r with { Nodes = [Item("arm", ("Endpoint", "tcp://a:1"))] },
        ["node_metadata"] = (r, _) => r with { Nodes = [Item("amd", ("Endpoint", "tcp://b:1"), ("Platforms", "linux/amd64"))] },
        ["registry"] = (r, _) => r with { Registries = [Item("r.example.com", ("Http", "true"))] },
        ["certificate_content"] = (r, folder) => Touch(r, folder.Full("ca.pem")),
    };

    private readonly TestFolder folder = new();

    private static IEnumerable<string> Names => Counting.Keys;

    public void Dispose() => folder.Dispose();

    [TestCaseSource(nameof(Names))]
    public void Changes_with(string input)
    {
        folder.Write("ca.pem", "1");
        var request = Request with
        { WorkingDirectory = folder.Path, Driver = BuilderDriver.Remote, Nodes = [Item("amd", ("Endpoint", "tcp://a:1"), ("CaCert", "ca.pem"))] };
        var before = Of(request);
        Assert.That(Of(request), Is.EqualTo(before).And.Not.Contains("\n"));
        Assert.That(Of(Counting[input](request, folder)), Is.Not.EqualTo(before));
    }

    [Test]
    public void Changes_with_what_docker_buildx_use_selected()
    {
        var before = Of(Request);
        folder.Write("buildx/current", """{"Key":"unix:///var/run/docker.sock","Name":"farm","Global":false}""");
        Assert.That(Of(Request), Is.Not.EqualTo(before));
        Assert.That(Of(Request with { Name = "mine" }), Does.Not.Contain("farm"), "a named builder is that, whatever is selected");
    }

    private static BuilderRequest Touch(BuilderRequest request, string file)
    {
        File.WriteAllText(file, "another");
        return request;
    }

    private string Of(BuilderRequest request) => BuilderIdentity.Of(request, new BuildEnvironment { ["DOCKER_CONFIG"] = folder.Path });
}
