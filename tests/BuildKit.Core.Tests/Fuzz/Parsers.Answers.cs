using System.Text;
using BuildKit.Core.Builders;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Progress;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;
using BuildKit.Core.Results;
using BuildKit.Core.Tests.Progress;

namespace BuildKit.Core.Tests.Fuzz;

/// <content>What Docker, BuildKit, registries, engines and CI systems say.</content>
internal sealed partial class Parsers
{
    private IEnumerable<FuzzedParser> Answers =>
    [
        new("config.json",
            Texts(
                ["""{"auths":{"r:5000":{"auth":"dTpw"},"https://index.docker.io/v1/":{"identitytoken":"x"}},"credHelpers":{"a":"b"},"credsStore":"c","currentContext":"d","cliPluginsExtraDirs":["/x"],"proxies":{"default":{"httpProxy":"http://p"}}}"""]), DockerConfig),
        new("docker context", Texts(["""{"Name":"x","Endpoints":{"docker":{"Host":"tcp://h:2376","SkipTLSVerify":true}}}"""]), Context),
        new("DOCKER_HOST", Texts(["unix:///var/run/docker.sock", "tcp://[::1]:2376/x", "npipe:////./pipe/docker_engine", "ssh://u@h:22"]), input =>
            EngineEndpoint.Find(new BuildEnvironment { ["DOCKER_HOST"] = Text(input) })),
        new("endpoint of BuildKit",
            Texts(["tcp://h:1234", "unix:///run/buildkit.sock", "docker-container://b", "ssh://u@h", "kube-pod://p?namespace=n"]),
            input => RemoteEndpoint.Parse(Text(input))),
        new("registry's answer", Texts([
            """{"errors":[{"code":"DENIED","message":"x"}]}""", """{"token":"t","expires_in":300}""",
            """{"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"digest":"sha256:a","platform":{"os":"linux","architecture":"arm","variant":"v7"}}],"config":{"digest":"sha256:c","size":1},"layers":[{"digest":"sha256:l","size":2}]}"""]), Answer),
        new("challenge", Texts(["Bearer realm=\"https://a/token\",service=\"s\",scope=\"repository:a:pull\"", "Basic realm=x"]),
            input => BearerChallenge.Find([Text(input)])),
        new("image configuration",
            Texts(
                ["""{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/x","A=b"],"Labels":{"a":"b"},"ExposedPorts":{"80/tcp":{}},"Entrypoint":["/x"],"Cmd":["y"],"User":"1","Volumes":{"/v":{}},"Healthcheck":{"Test":["NONE"]}}}"""]), Configuration),
        new("engine's answer",
            Texts(
                ["""{"Version":"28.0","Os":"linux","Arch":"amd64","Driver":"overlay2","DriverStatus":[["a","b"]],"Id":"sha256:a","Size":1,"Config":{"Env":[]},"Descriptor":{"digest":"d","mediaType":"m"},"Descriptor2":[]}"""]), Engine),
        new("list of builders",
            Texts(
                ["""{"Name":"b","Driver":"docker-container","LastActivity":"2026-01-02T03:04:05Z","Nodes":[{"Name":"b0","Endpoint":"unix:///x","Status":"running","DriverOpts":{"a":"b"},"Flags":["--x"],"Files":{"buildkitd.toml":"YQ=="}}]}"""]), input => BuilderList.Parse(Text(input))),
        new("progress", [.. Recording.Names.Select(name => Encoding.UTF8.GetBytes(string.Join('\n', Recording.Lines(name).Take(40))))], Progress),
        new("error text of buildx",
            Texts(
                ["ERROR: failed to build: failed to solve: process \"/bin/sh -c x\" did not complete successfully: exit code: "
                    + "1\nDockerfile:3\n--------------------\n   3 | >>> RUN x\n", "ERROR: failed to push r/x:1: 401 Unauthorized"]), input =>
            EngineErrorClassifier.Classify(
                new BuildxResult(1, Text(input).Split('\n'), new BuildGraph()),
                new FailureContext("/src/Dockerfile", "/src", ["r/x:1"], "unix:///x", "0.29"))),
        new("check of BuildKit",
            Texts(
                ["""{"warnings":[{"ruleName":"A","description":"d","url":"https://x","detail":"e","location":{"sourceIndex":0,"ranges":[{"start":{"line":1},"end":{"line":2}}]}}],"sources":[{"filename":"Dockerfile"}],"buildError":{"message":"m"}}"""]), input =>
            CheckResult.TryRead(Text(input), "/src/Dockerfile")),
        new("metadata of buildx",
            Texts(["""{"containerimage.digest":"sha256:d","containerimage.descriptor":{"mediaType":"m"},"cache.manifest":{"digest":"c"}}"""]),
            input => BuildMetadata.Read(File("m.json", input))),
        new("flags of buildkitd", Texts(["--a=b 'c d' \"e\"", "--allow-insecure-entitlement network.host"]), input => DaemonFlags.Split(Text(input))),
        new("ssh -G", Texts(["hostname h\nport 22\nproxyjump none\n"]), input => SshRoute.Read(Text(input))),
        new("event of GitHub",
            Texts(
                ["""{"pull_request":{"number":1,"head":{"ref":"a","repo":{"full_name":"o/a"}},"base":{"ref":"b","repo":{"full_name":"o/b"}}},"repository":{"default_branch":"main"}}"""]), input =>
            CiSystems.Find(new BuildEnvironment
                { ["GITHUB_ACTIONS"] = "true", ["GITHUB_EVENT_NAME"] = "pull_request", ["GITHUB_REF"] = "refs/pull/1/merge",
                    ["GITHUB_EVENT_PATH"] = File("event.json", input) })),
        new("last build of TeamCity", Texts(["teamcity.build.branch=a\nteamcity.pullRequest.number=1\n"]), input => CiSystems.Find(
            new BuildEnvironment { ["TEAMCITY_VERSION"] = "2026", ["TEAMCITY_BUILD_PROPERTIES_FILE"] = File("teamcity.properties", input) })),
        new("JSON", Texts(["{\"a\":[1,\"\\ud83d\\ude00\",{\"b\":null}],\"a\":2}"]), input => JsonNodes.TryParseObject(Text(input))?.ToJsonString()),
    ];

    private void DockerConfig(byte[] input)
    {
        var config = DockerConfigFile.Parse(folder.Path, input);
        new RegistryCredentials(config, new BuildEnvironment()).FindAsync(RegistryHost.Of("r:5000"), RegistryAccess.Pull, default)
            .GetAwaiter().GetResult();
    }

    private void Context(byte[] input)
    {
        var id = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("x"u8)).ToLowerInvariant();
        folder.Write($"contexts/meta/{id}/meta.json");
        File($"contexts/meta/{id}/meta.json", input);
        EngineEndpoint.Find(new BuildEnvironment { ["DOCKER_CONFIG"] = folder.Path, ["DOCKER_CONTEXT"] = "x" });
    }

    private static void Answer(byte[] input)
    {
        new RegistryAnswer(System.Net.HttpStatusCode.Forbidden, input, "", "", null, []).ErrorCode();
        using var document = JsonElementExtensions.TryParse(input);
        var root = document?.RootElement ?? default;
        ManifestIndex.Select(root, Amd64);
        ManifestIndex.Describe(root);
        root.Text("token");
        BuiltImageReader.Blobs(Text(input));
    }

    private static void Configuration(byte[] input)
    {
        Platform.OfConfig(Text(input));
        var project = new PublishedConfig { Command = new ContainerCommand { AppCommand = ["/app/x"] } };
        ImageConfig.Over(Text(input), Amd64, project, []).WithoutInherited().ToJson();
    }

    private static void Engine(byte[] input)
    {
        using var document = JsonElementExtensions.TryParse(input);
        var root = document?.RootElement ?? default;
        EngineVersion.Read(root);
        EngineInfo.Read(root);
        EngineImage.Read(root);
        EngineManifest.Read(root);
    }

    private static void Progress(byte[] input)
    {
        var graph = new BuildGraph();
        var rest = new List<string>();
        foreach (var line in Text(input).Split('\n'))
        {
            if (ProgressReader.TryRead(line) is { } update)
            {
                graph.Apply(update);
            }
            else
            {
                rest.Add(line);
            }
        }

        TimelinePage.Of(Report with { Steps = ReportSteps.Of(graph, null, SecretRedactor.None) });
        EngineErrorText.Parse(rest);
    }
}
