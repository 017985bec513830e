using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Builders that are made, moved to, reached from afar; the doctor; the clean-up.</summary>
public sealed class BuilderStory : Story
{
    private const string Dockerfile = "FROM scratch\nCOPY Dockerfile /\n";

    private readonly List<string> builders = [];
    private readonly List<Process> servers = [];

    [TearDown]
    public async Task RemoveBuildersAsync()
    {
        servers.ForEach(server =>
        {
            server.Kill(entireProcessTree: true);
            server.Dispose();
        });
        foreach (var builder in builders)
        {
            await Machine.Engine.DockerAsync("buildx", "rm", "-f", builder);
        }
    }

    [Test]
    public async Task On_a_warm_machine_a_build_starts_no_process_but_the_build()
    {
        WriteDockerfile(Dockerfile);
        var docker = new DockerRecorder(Project);
        var first = (await Project.DotnetAsync(["publish"], variables: docker.Variables)).Succeeded();
        Assert.That(docker.Calls, Has.Some.StartsWith("buildx version"));
        docker.Forget();
        Project.Write("Dockerfile", Dockerfile + "LABEL a=b\n");
        var second = (await Project.DotnetAsync(["publish"], variables: docker.Variables)).Succeeded();
        Assert.That(docker.Calls, Has.All.StartsWith("buildx build").And.Exactly(1).Items);
        var (cold, warm, build) = (first.Log.TimeOf("EnsureBuildKit"), second.Log.TimeOf("EnsureBuildKit"), second.Log.TimeOf("DockerBuildxBuild"));
        TestContext.Out.WriteLine(
            $"EnsureBuildKit: {cold.TotalMilliseconds:0} ms at first, then {warm.TotalMilliseconds:0} ms beside {build.TotalMilliseconds:0} ms of the build");
        Assert.That(warm, Is.LessThan(cold).And.LessThan(build));

        // A build that failed is followed by a full look.
        docker.Forget();
        Project.Write("Dockerfile", Dockerfile + "COPY nothing /\n");
        (await Project.DotnetAsync(["publish"], variables: docker.Variables)).FailedWith("BK3102");
        (await Project.DotnetAsync(["publish"], variables: docker.Variables)).FailedWith("BK3102");
        Assert.That(docker.Calls, Has.Some.StartsWith("buildx version"));
    }

    [Test]
    public async Task A_build_that_hangs_is_ended_by_its_time_limit()
    {
        WriteDockerfile($"FROM {Machine.Registry.Address}/debian:bookworm-slim\nRUN sleep 300\n", "<BuildKitTimeout>10</BuildKitTimeout>");
        var clock = Stopwatch.StartNew();
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK1022");
        Assert.That(error.Text, Does.Contain("ended after 10 s"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(200)));
    }

    [Test]
    public async Task A_build_that_needs_more_moves_to_a_builder_of_ours()
    {
        var graph = await Machine.GraphDriverEngineAsync();
        Use(graph);
        WriteDockerfile(Dockerfile, """
            <BuildKitPlatforms>linux/amd64;linux/arm64</BuildKitPlatforms>
            <BuildKitCacheWrite>never</BuildKitCacheWrite>
            """, ContainerOptions);
        try
        {
            var result = (await Project.DotnetAsync(["publish"])).Succeeded();
            Assert.That(result.Log.Messages, Has.Some.StartsWith("BK1032"));
            var index = JsonDocument.Parse((await Images.ManifestAsync(Repository)).Text).RootElement;
            Assert.That(index.GetProperty("manifests").GetArrayLength(), Is.EqualTo(2));
        }
        finally
        {
            await graph.DockerAsync("buildx", "rm", "-f", "buildkit-tasks");
        }
    }

    [Test]
    public async Task A_builder_of_two_remote_nodes_builds_each_platform_and_a_dead_one_is_known_at_once()
    {
        // Two daemons: one that is listed twice refuses the second half of a build.
        var (container, far) = (await MakeContainerAsync("near"), await MakeContainerAsync("far"));
        var port = FreePort();
        Serve("socat", $"TCP-LISTEN:{port},bind=127.0.0.1,fork,reuseaddr",
            $"EXEC:{Machine.Engine.ProgramOf("docker")} exec -i {far} buildctl dial-stdio");
        var name = Own("farm");
        WriteDockerfile(Dockerfile, $"<BuildKitBuilder>{name}</BuildKitBuilder><BuildKitPlatforms>linux/amd64;linux/arm64</BuildKitPlatforms>", $"""
            <BuildKitNode Include="near" Endpoint="docker-container://{container}" Platforms="linux/amd64" />
            <BuildKitNode Include="far" Endpoint="tcp://127.0.0.1:{port}" Platforms="linux/arm64" />
            """);
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var index = JsonDocument.Parse((await Images.ManifestAsync(Repository)).Text).RootElement;
        Assert.That(index.GetProperty("manifests").GetArrayLength(), Is.EqualTo(2));
        var listed = (await Machine.Engine.DockerAsync("buildx", "ls", "--format", "json")).Succeeded().Split('\n')
            .Single(line => line.Contains($"\"{name}\"", StringComparison.Ordinal));
        Assert.That(listed, Does.Contain("\"near\"").And.Contain("\"far\"").And.Contain("linux/arm64"));

        servers[^1].Kill(entireProcessTree: true);
        Project.Write("Dockerfile", Dockerfile + "LABEL a=b\n");
        var error = (await Project.DotnetAsync(["publish", "-p:BuildKitProbeAge=0"])).FailedWith("BK1021");
        Assert.That(error.Text, Does.Contain($"tcp://127.0.0.1:{port}").And.Contain("connection refused"));
    }

    [Test]
    public async Task A_remote_builder_with_mutual_TLS()
    {
        var container = await MakeContainerAsync("tls");
        await MakeCertificatesAsync();
        var port = FreePort();
        Serve("socat",
            $"OPENSSL-LISTEN:{port},bind=127.0.0.1,fork,reuseaddr,cert={Project.PathOf("s.pem")},key={Project.PathOf("s.key")},cafile={Project.PathOf("ca.pem")},verify=1", $"EXEC:{Machine.Engine.ProgramOf("docker")} exec -i {container} buildctl dial-stdio");
        WriteDockerfile(Dockerfile, $"<BuildKitBuilder>{Own("tls")}</BuildKitBuilder>", $"""
            <BuildKitNode Include="team" Endpoint="tcp://127.0.0.1:{port}" CaCert="$(Authority)" Cert="c.pem" Key="c.key" />
            """);
        Assert.That((await Project.DotnetAsync(["publish", "-p:Authority=other.pem"])).FailedWith("BK1025").Text, Does.Contain("not trusted"));
        Assert.That((await Project.DotnetAsync(["publish", "-p:Authority=missing.pem"])).FailedWith("BK1023").Text, Does.Contain("missing.pem"));
        (await Project.DotnetAsync(["publish", "-p:Authority=ca.pem"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
    }

    [Test]
    public async Task The_doctor_looks_at_a_project_and_at_a_machine_without_one()
    {
        WriteDockerfile(Dockerfile);
        var well = (await Project.DotnetAsync(["build", "-t:BuildKitDoctor", "-p:BuildKitDoctorJson=doctor.json"])).Succeeded();
        Assert.That(well.Output, Does.Match(@"ok\s+engine").And.Match("ok\\s+registry").And.Contain("profile Development (this is no CI system)"));
        using (var json = JsonDocument.Parse(await File.ReadAllTextAsync(Project.PathOf("doctor.json"))))
        {
            Assert.That(json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()),
                Does.Contain("BK1047").And.Contain("BK1042"));
        }

        Assert.That(await Images.FindAsync(Repository), Is.Null, "the doctor builds nothing");
        var target = Path.Combine(TestRun.Packages, "buildkit.tasks", Machine.Feed.Version, "build", "BuildKit.Tasks.Doctor.targets");
        (await Project.DotnetAsync(["msbuild", target, "-t:BuildKitDoctor"])).Succeeded();
        (await Project.DotnetAsync(["msbuild", target, "-t:BuildKitDoctor"],
            variables: new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix:///no/such.sock" })).FailedWith("BK1003");
    }

    [Test]
    [NonParallelizable] // It takes away what another test has made and not yet used.
    public async Task Clean_up_tells_first_and_leaves_builders_of_others_alone()
    {
        WriteDockerfile(Dockerfile);
        var dry = (await Project.DotnetAsync(["build", "-t:BuildKitPruneBuilder", "-p:BuildKitBuilder=default"])).Succeeded();
        Assert.That(dry.Output, Does.Contain("would be freed").And.Contain("nothing was removed"));
        var theirs = Own("theirs");
        (await Machine.Engine.DockerAsync("buildx", "create", "--name", theirs, "--driver", "remote", "tcp://127.0.0.1:1")).Succeeded();
        (await Project.DotnetAsync(["build", "-t:BuildKitPruneBuilder", "-p:BuildKitPruneBuilderDryRun=false",
            "-p:BuildKitPruneBuilderRemoveUnusedFor=0.001"])).Succeeded();
        Assert.That((await Machine.Engine.DockerAsync("buildx", "ls")).Output, Does.Contain(theirs));
    }

    [Test]
    [Category("Long")]
    [CancelAfter(900_000)]
    public async Task Eight_at_once_create_one_builder()
    {
        var name = Own("eight");
        var folders = Enumerable.Range(0, 8).Select(index => $"p{index}").ToList();
        foreach (var folder in folders)
        {
            Project.Write($"{folder}/image.proj",
                WithoutCode(
                    $"<BuildKitBuilder>{name}</BuildKitBuilder><BuildKitDriver>docker-container</BuildKitDriver>"
                        + $"<ContainerImageTag>{folder}</ContainerImageTag><BuildKitCacheWrite>never</BuildKitCacheWrite>", ContainerOptions));
            Project.Write($"{folder}/Dockerfile", Dockerfile);
        }

        var results = await Task.WhenAll(folders.Select(folder => Project.DotnetAsync(["publish"], folder)));
        foreach (var result in results)
        {
            result.Succeeded();
        }

        Assert.That(
            results.Sum(result =>
                result.Log.Messages.Count(message => message.StartsWith($"Creating the builder \"{name}\"", StringComparison.Ordinal))),
                Is.EqualTo(1));
    }

    private string Own(string name)
    {
        builders.Add($"{TestRun.Id}-{name}");
        return builders[^1];
    }

    // A BuildKit that somebody else runs: a container, in which others are reached as well.
    private async Task<string> MakeContainerAsync(string name)
    {
        var builder = Own(name + "-server");
        (await Machine.Engine.DockerAsync("buildx", "create", "--name", builder, "--driver", "docker-container", "--driver-opt",
            $"image={Machine.Registry.Address}/buildkit-shim:1,network=host")).Succeeded();
        (await Machine.Engine.DockerAsync("buildx", "inspect", "--bootstrap", builder)).Succeeded();
        return $"buildx_buildkit_{builder}0";
    }

    private void Serve(string program, params string[] arguments) =>
        servers.Add(Command.Start(program, arguments, Project.Folder, Machine.Engine.Environment));

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task MakeCertificatesAsync()
    {
        foreach (var authority in new[] { "ca", "other" })
        {
            await OpenSslAsync("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", $"/CN={authority}", "-keyout",
                $"{authority}.key", "-out", $"{authority}.pem");
        }

        Project.Write("ext", "subjectAltName=IP:127.0.0.1\n");
        foreach (var end in new[] { "s", "c" })
        {
            await OpenSslAsync("req", "-newkey", "rsa:2048", "-nodes", "-subj", $"/CN={end}", "-keyout", $"{end}.key", "-out", $"{end}.csr");
            await OpenSslAsync("x509", "-req", "-in", $"{end}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1", "-extfile",
                "ext", "-out", $"{end}.pem");
        }
    }

    private async Task OpenSslAsync(params string[] arguments) =>
        (await Command.RunAsync("openssl", arguments, Project.Folder, Machine.Engine.Environment)).Succeeded();
}
