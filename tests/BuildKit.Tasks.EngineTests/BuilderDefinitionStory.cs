using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using FsCheck;
using FsCheck.Fluent;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What we print for "buildx create" is what "buildx ls" reads back.</summary>
public sealed class BuilderDefinitionStory : Story
{
    private const string Kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: k, cluster: {server: "https://127.0.0.1:1"}}]
        contexts: [{name: c, context: {cluster: k, user: u, namespace: shop}}]
        users: [{name: u, user: {token: t}}]
        """;

    private static readonly string[] Texts = ["a:1", "a,b", "say \"x\"", "a=b,c=\"d e\"", " lead", "trail ", "ä'$`\\", "--x"];

    private static Gen<BuilderDefinition> Definitions =>
        from driver in Gen.Elements(BuilderDriver.DockerContainer, BuilderDriver.Remote, BuilderDriver.Kubernetes)
        from nodes in Gen.Choose(1, driver == BuilderDriver.Remote ? 3 : 1)
        from options in Gen.ArrayOf(OptionOf(driver), 3)
        from flags in Gen.ArrayOf(Gen.Elements("--debug", "--group=a b", "--oci-worker-gc=false", "--x='y'"), 2)
        from platforms in Gen.SubListOf("linux/amd64", "linux/arm64", "linux/arm/v7", "linux/s390x")
        from named in Gen.Elements(true, false)
        from endpoint in Gen.Elements("tcp://127.0.0.{0}:1", "ssh://me@127.0.0.{0}:1", "unix:///no/such{0}.sock", "docker-container://nobody{0}",
            "kube-pod://buildkit-{0}?namespace=shop&container=bk")
        select new BuilderDefinition
        {
            Name = "",
            Driver = driver,
            Nodes =
            [
                .. Enumerable.Range(0, nodes).Select(index => new NodeDefinition
                {
                    Name = named || nodes > 1 ? $"node-{index}" : "",
                    Endpoint = driver == BuilderDriver.Remote ? endpoint.Replace("{0}", $"{index + 1}", StringComparison.Ordinal) : "",
                    Options = options.DistinctBy(option => option.Key).ToDictionary(),
                    Flags = driver == BuilderDriver.Remote ? [] : [.. flags.Distinct()],
                    // A platform belongs to one node.
                    Platforms = [.. platforms.Where((_, position) => position % nodes == index)],
                }),
            ],
        };

    [Test]
    public async Task Each_definition_is_read_back_as_it_was_printed()
    {
        var environment = Project.EnvironmentWith(new Dictionary<string, string?>
        {
            ["BUILDX_CONFIG"] = Project.PathOf("buildx"),
            ["KUBECONFIG"] = Project.Write("kubeconfig", Kubeconfig),
        });
        var docker = Machine.Engine.ProgramOf("docker");
        var definitions = Definitions.Sample(30, 12).Select((definition, index) => definition with { Name = $"any{index}" }).ToList();
        foreach (var arguments in definitions.SelectMany(definition => CreateCommandLine.Of(definition, "")))
        {
            (await Command.RunAsync(docker, [.. arguments], Project.Folder, environment)).Succeeded();
        }

        var listed = BuilderList.Parse((await Command.RunAsync(docker, ["buildx", "ls", "--format", "json"], Project.Folder, environment))
            .Succeeded());
        Assert.Multiple(() =>
        {
            foreach (var definition in definitions)
            {
                var found = listed.Single(builder => builder.Name == definition.Name);
                Assert.That(BuilderComparison.Differences(definition, found), Is.Empty);
                // The comparison sees a change of each kind.
                var first = definition.Nodes[0];
                Assert.That(
                    BuilderComparison.Differences(definition with
                    {
                        Nodes = [first with { Options = new Dictionary<string, string>(first.Options) { ["env.NEW"] = "1" } },
                            .. definition.Nodes.Skip(1)]
                    }, found), Has.Count.EqualTo(1));
                Assert.That(
                    BuilderComparison.Differences(definition with
                    { Nodes = [first with { Platforms = ["linux/riscv64"] }, .. definition.Nodes.Skip(1)] }, found), Has.Count.EqualTo(1));
            }
        });
    }

    private static Gen<KeyValuePair<string, string>> OptionOf(BuilderDriver driver) => driver switch
    {
        BuilderDriver.DockerContainer => Gen.OneOf(
            Pair(Gen.Elements("image", "network", "env.A", "env.b_C", "cgroup-parent"), Texts),
            Pair(Gen.Elements("memory"), "2g", "512m"), Pair(Gen.Elements("cpu-shares"), "512"), Pair(Gen.Elements("default-load"), "true", "false")),
        BuilderDriver.Kubernetes => Gen.OneOf(
            Pair(Gen.Elements("image", "serviceaccount", "schedulername"), Texts), Pair(Gen.Elements("replicas"), "1", "3"),
            Pair(Gen.Elements("nodeselector", "labels"), "a=b", "a=b,c=d"), Pair(Gen.Elements("tolerations"), "key=arm,operator=Exists"),
            Pair(Gen.Elements("requests.cpu", "limits.memory"), "500m", "2Gi"), Pair(Gen.Elements("rootless"), "true"),
            Pair(Gen.Elements("timeout"), "2m30s")),
        // The others are of TLS and need files.
        _ => Pair(Gen.Elements("default-load"), "true", "false"),
    };

    private static Gen<KeyValuePair<string, string>> Pair(Gen<string> names, params string[] values) =>
        from name in names from value in Gen.Elements(values) select new KeyValuePair<string, string>(name, value);
}
