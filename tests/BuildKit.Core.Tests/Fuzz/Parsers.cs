using System.Formats.Tar;
using System.Text;
using BuildKit.Core.Bakes;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Compose;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Drivers;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;
using BuildKit.Core.Progress;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Reports;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.Staging;
using BuildKit.Core.Tests.DevSpace;
using BuildKit.Core.Tests.Progress;
using BuildKit.Core.Tests.Requests;
using BuildKit.Core.UpToDateChecks;
using BuildKit.Core.WrittenDockerfiles;

namespace BuildKit.Core.Tests.Fuzz;

/// <summary>All readers of what others write: one row for each, with the failure that its documentation names.</summary>
/// <param name="folder">Where readers of files find their input.</param>
internal sealed class Parsers(TestFolder folder)
{
    private static readonly Platform Amd64 = new("linux", "amd64");

    public IReadOnlyList<FuzzedParser> All =>
    [
        new("Dockerfile", Texts([.. Corpus("DockerfileChecks/Corpus", "*.txt"), "ARG A=1\nARG B=$A$A\nFROM x AS a\nRUN <<EOF\necho\nEOF\nONBUILD COPY a b\nFROM a\nCOPY --from=a /x /y\n"]), Dockerfile),
        new(".dockerignore", Texts(["# c\n**/bin\n!a/**/*.[ch]\nobj\\x\n**\n*.md\n", "a?b\n[a-z]*/x\n^y\n"]), input =>
            IsIgnored(DockerIgnore.Load(File(".dockerignore", input))), "BK3019"),
        new("devspace.yaml", Texts(Corpus("DevSpace/Corpus", "*.yaml")), input => DevSpaceImages.Describe(
            File("devspace.yaml", input),
            new DevSpaceOptions { Environment = new BuildEnvironment { ["CI"] = "true" }, IntermediateFolder = folder.Full("obj") },
            new CollectingSink())),
        new("compose.yaml", Texts(Corpus("Compose/Corpus", "*.yaml")), input => ComposeImages.Describe(
            [File("compose.yaml", input)],
            new ComposeOptions { Environment = new BuildEnvironment(), IntermediateFolder = folder.Full("obj") }, new CollectingSink())),
        new("compose file that tells a context", Texts("services:\n  a:\n    build:\n      context: \"../a\\0\"\n      dockerfile: a/Dockerfile\n  b:\n    build: .\n"),
            input => ComposeContexts.Of(folder.Full("a/Dockerfile"), [Path.GetDirectoryName(File("compose.yaml", input))!])),
        new("condition of a patch", Texts(["@.a == 'b' && @.c =~ /^x.*$/ || !(@.d > 3)", "@.name=='api'"]), input => PatchFilter.Parse(Text(input)), "FormatException"),
        new("path of a patch", Texts(["images.api.build[?(@.a=='b')].x", "/images/api/0", "$.a[*]..b"]), input => PatchPath.Parse(Text(input)), "FormatException"),
        new("environment file", Texts(["A=1\nexport B=\"x${A}\" # c\nC='d'\nD=${A:-${B}}\n"]), input =>
            EnvironmentFile.Join(File(".env", input), new BuildEnvironment())),
        new("kubeconfig", Texts(["apiVersion: v1\ncurrent-context: a\nclusters: [{name: c, cluster: {server: \"https://k:6443\"}}]\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {token: t}}]\n"]),
            input => Kubeconfig.Check("k", new BuildEnvironment { ["KUBECONFIG"] = File("kubeconfig", input) }, null), "BK1028", "BK1029"),
        new("config.json", Texts(["""{"auths":{"r:5000":{"auth":"dTpw"},"https://index.docker.io/v1/":{"identitytoken":"x"}},"credHelpers":{"a":"b"},"credsStore":"c","currentContext":"d","cliPluginsExtraDirs":["/x"],"proxies":{"default":{"httpProxy":"http://p"}}}"""]), DockerConfig),
        new("docker context", Texts(["""{"Name":"x","Endpoints":{"docker":{"Host":"tcp://h:2376","SkipTLSVerify":true}}}"""]), Context),
        new("DOCKER_HOST", Texts(["unix:///var/run/docker.sock", "tcp://[::1]:2376/x", "npipe:////./pipe/docker_engine", "ssh://u@h:22"]), input =>
            EngineEndpoint.Find(new BuildEnvironment { ["DOCKER_HOST"] = Text(input) })),
        new("endpoint of BuildKit", Texts(["tcp://h:1234", "unix:///run/buildkit.sock", "docker-container://b", "ssh://u@h", "kube-pod://p?namespace=n"]),
            input => RemoteEndpoint.Parse(Text(input))),
        new("registry's answer", Texts([
            """{"errors":[{"code":"DENIED","message":"x"}]}""", """{"token":"t","expires_in":300}""",
            """{"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"digest":"sha256:a","platform":{"os":"linux","architecture":"arm","variant":"v7"}}],"config":{"digest":"sha256:c","size":1},"layers":[{"digest":"sha256:l","size":2}]}"""]), Answer),
        new("challenge", Texts(["Bearer realm=\"https://a/token\",service=\"s\",scope=\"repository:a:pull\"", "Basic realm=x"]), input => BearerChallenge.Find([Text(input)])),
        new("image configuration", Texts(["""{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/x","A=b"],"Labels":{"a":"b"},"ExposedPorts":{"80/tcp":{}},"Entrypoint":["/x"],"Cmd":["y"],"User":"1","Volumes":{"/v":{}},"Healthcheck":{"Test":["NONE"]}}}"""]), Configuration),
        new("engine's answer", Texts(["""{"Version":"28.0","Os":"linux","Arch":"amd64","Driver":"overlay2","DriverStatus":[["a","b"]],"Id":"sha256:a","Size":1,"Config":{"Env":[]},"Descriptor":{"digest":"d","mediaType":"m"},"Descriptor2":[]}"""]), Engine),
        new("list of builders", Texts(["""{"Name":"b","Driver":"docker-container","LastActivity":"2026-01-02T03:04:05Z","Nodes":[{"Name":"b0","Endpoint":"unix:///x","Status":"running","DriverOpts":{"a":"b"},"Flags":["--x"],"Files":{"buildkitd.toml":"YQ=="}}]}"""]), input => BuilderList.Parse(Text(input))),
        new("progress", [.. Recording.Names.Select(name => Encoding.UTF8.GetBytes(string.Join('\n', Recording.Lines(name).Take(40))))], Progress),
        new("error text of buildx", Texts(["ERROR: failed to build: failed to solve: process \"/bin/sh -c x\" did not complete successfully: exit code: 1\nDockerfile:3\n--------------------\n   3 | >>> RUN x\n", "ERROR: failed to push r/x:1: 401 Unauthorized"]), input =>
            EngineErrorClassifier.Classify(
                new BuildxResult(1, Text(input).Split('\n'), new BuildGraph()),
                new FailureContext("/src/Dockerfile", "/src", ["r/x:1"], "unix:///x", "0.29"))),
        new("check of BuildKit", Texts(["""{"warnings":[{"ruleName":"A","description":"d","url":"https://x","detail":"e","location":{"sourceIndex":0,"ranges":[{"start":{"line":1},"end":{"line":2}}]}}],"sources":[{"filename":"Dockerfile"}],"buildError":{"message":"m"}}"""]), input =>
            CheckResult.TryRead(Text(input), "/src/Dockerfile")),
        new("metadata of buildx", Texts(["""{"containerimage.digest":"sha256:d","containerimage.descriptor":{"mediaType":"m"},"cache.manifest":{"digest":"c"}}"""]), input => BuildMetadata.Read(File("m.json", input))),
        new("record of a build", [Written(file => new BuildRecord("f", Image).Write(file))],
            input => BuildRecord.Read(File("r.json", input))),
        new("record of a base image", [Written(file => new BaseImageRecord(file, Amd64).Write(new Core.PublishOutputs.BaseImage("r/b:1", "{}")))],
            input => new BaseImageRecord(File("b.json", input), Amd64).TryRead(new ImageReference("r", "b", "1"))),
        new("record of caches",
            [Written(file => new CacheRecord { Fingerprint = "f", Digests = new Dictionary<string, string> { ["a"] = "b" } }.Write(file))],
            input => CacheRecord.Read(File("x.caches", input))),
        new("record of a probe", [Written(file => ProbeRecord.Write(file, "k", TestRequests.Container))], input =>
            ProbeRecord.ReadAsync(File("builder.record", input), "k", TimeSpan.FromDays(1), new BuildEnvironment(), default)
                .GetAwaiter().GetResult()),
        new("table of hashes", [Written(file => Table().Write(file))],
            input => FileTable.Read(File("x.files", input))),
        new("report", [Written(file => System.IO.File.WriteAllBytes(file, ReportJson.Write(Report).ToArray()))],
            input => ReportReader.TryRead(File("x.report.json", input))),
        new("origin of lines", Texts(["1\t2\t3\t1\t/src/Dockerfile\n4\t9\t1\t0\t/x\n"]), input =>
            DockerfileOrigin.Of(new SourceLocation(Path.ChangeExtension(File("x.origin", input), null), 2))),
        new("turn in a bake", [Written(file => new BakeTurn(1, [new TurnImage("a", ["r/a:1"], true)]).Write(file))],
            input => BakeTurn.Read(File("t.json", input)), "BK6209"),
        new("images in a bake", [Written(file => BakeImage.Write(file, [new BakeImage("a", "/p.csproj") { References = ["r/a:1"] }]))],
            input => BakeImage.Read(File("i.json", input)), "BK6209"),
        new("prepared images", [Written(file => PreparedImages.Write(file, []))],
            input => PreparedImages.Read(File("p.json", input)), "BK6209"),
        new("solution", Texts([Solution]), input => Solutions(File("a.sln", input)), "BK6208"),
        new("solution in XML", Texts(["<Solution><Folder Name=\"/f/\"><Project Path=\"a/a.csproj\"><BuildType Solution=\"*|Any CPU\" Project=\"Release\" /></Project></Folder></Solution>"]), input =>
            Solutions(File("a.slnx", input)), "BK6208"),
        new("program", [.. Programs()], Program, "BK3015"),
        new("archive of an image", [Tar(true)], input =>
        {
            System.IO.File.WriteAllBytes(BuildOutput.TemporaryPath(folder.Full("a.tar")), input);
            ArchivedImage.Complete(TestRequests.OnPaper(), Image, new BuildOutput(OutputKind.OciArchive, folder.Full("a.tar")));
        }),
        new("staged archive", [Tar(false)], input =>
        {
            var source = folder.Write("source", "1");
            var target = File("staged.tar", input);
            System.IO.File.SetLastWriteTimeUtc(target, DateTime.UtcNow.AddMinutes(1));
            StagedArchive.Place(new StagedPart("x", true, "1:2", [new StagedFile("a", source, FileModes.Readable)]), target, null);
        }),
        new("csv", Texts(["type=registry,\"ref=r/x,y\",mode=max", "a,\"b\"\"c\""]), input => CacheReference.Parse(Text(input)).ToString()),
        new("image name", Texts(["registry.example.com:5000/team/shop:1@sha256:0123456789012345678901234567890123456789012345678901234567890123"]), input => ImageReference.TryParse(Text(input))),
        new("platform", Texts(["linux/arm/v7", "windows/amd64", "linux-musl-arm64"]), input =>
            (Platform.TryParse(Text(input)), Platform.TryParseRuntimeIdentifier(Text(input))).ToString()),
        new("command line", Texts(["git rev-parse 'a b' \"c\\\"d\" $X", "echo a | b"]), input => SimpleCommand.TrySplit(Text(input))),
        new("flags of buildkitd", Texts(["--a=b 'c d' \"e\"", "--allow-insecure-entitlement network.host"]), input => DaemonFlags.Split(Text(input))),
        new("ssh -G", Texts(["hostname h\nport 22\nproxyjump none\n"]), input => SshRoute.Read(Text(input))),
        new("event of GitHub", Texts(["""{"pull_request":{"number":1,"head":{"ref":"a","repo":{"full_name":"o/a"}},"base":{"ref":"b","repo":{"full_name":"o/b"}}},"repository":{"default_branch":"main"}}"""]), input =>
            CiSystems.Find(new BuildEnvironment { ["GITHUB_ACTIONS"] = "true", ["GITHUB_EVENT_NAME"] = "pull_request", ["GITHUB_REF"] = "refs/pull/1/merge", ["GITHUB_EVENT_PATH"] = File("event.json", input) })),
        new("last build of TeamCity", Texts(["teamcity.build.branch=a\nteamcity.pullRequest.number=1\n"]), input => CiSystems.Find(
            new BuildEnvironment { ["TEAMCITY_VERSION"] = "2026", ["TEAMCITY_BUILD_PROPERTIES_FILE"] = File("teamcity.properties", input) })),
        new("HEAD of git", Texts(["ref: refs/heads/main\n", "0123456789012345678901234567890123456789\n"]), input =>
        {
            folder.Write(".git/packed-refs", "# pack-refs\n0123456789012345678901234567890123456789 refs/heads/main\n");
            System.IO.File.WriteAllBytes(folder.Full(".git/HEAD"), input);
            GitHead.Read(folder.Path);
        }),
        new("project file", Texts(["<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><ProjectReference Include=\"..\\b\\b.csproj\" /></ItemGroup></Project>"]), input => ProjectReferences.ClosureOf(File("p.csproj", input))),
        new("project.assets.json", Texts(["""{"libraries":{"B/1.0.0":{"type":"project","path":"../b/b.csproj","msbuildProject":"../b/b.csproj"}}}"""]), input =>
            ProjectGraph.ProjectsOf(new ProjectFacts(folder.Full("p.csproj"), AssetsFile: File("project.assets.json", input)))),
        new("Dockerfile of ours", Texts(["# Made by BuildKit.Tasks 0123\nFROM x\n"]), input => WrittenDockerfile.IsOurs(Text(input))),
        new("JSON", Texts(["{\"a\":[1,\"\\ud83d\\ude00\",{\"b\":null}],\"a\":2}"]), input => JsonNodes.TryParseObject(Text(input))?.ToJsonString()),
    ];

    private static BuiltImage Image => new()
    {
        Name = "shop",
        References = ["r/shop:1"],
        Digest = "sha256:a",
        Seconds = 1.5,
        Files = ["/a|1|2"],
        PlatformImages = [new("linux/amd64", "linux-x64", "d", "m", "{}", "{}")],
    };

    private static BuildReport Report => new(
        Image, true, "2026-01-02T03:04:05Z", "/src/Dockerfile", ReportSteps.Of(Recording.Play("success").Graph, null, SecretRedactor.None));

    private const string Solution = """
        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "a", "a\a.csproj", "{11111111-1111-1111-1111-111111111111}"
        EndProject
        Global
            GlobalSection(SolutionConfigurationPlatforms) = preSolution
                Release|Any CPU = Release|Any CPU
            EndGlobalSection
            GlobalSection(ProjectConfigurationPlatforms) = postSolution
                {11111111-1111-1111-1111-111111111111}.Release|Any CPU.ActiveCfg = Release|Any CPU
                {11111111-1111-1111-1111-111111111111}.Release|Any CPU.Build.0 = Release|Any CPU
            EndGlobalSection
        EndGlobal
        """;

    private static string[] Corpus(string path, string pattern) =>
        [.. Directory.EnumerateFiles(SourceFolder.Of(path), pattern).Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllText)];

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private string File(string name, byte[] input)
    {
        var path = folder.Full(name);
        System.IO.File.WriteAllBytes(path, input);
        return path;
    }

    private byte[] Written(Action<string> write)
    {
        var file = folder.Full("seed");
        write(file);
        return System.IO.File.ReadAllBytes(file);
    }

    private static void Dockerfile(byte[] input)
    {
        var dockerfile = Core.Dockerfiles.Dockerfile.Parse("/src/Dockerfile", Text(input));
        var arguments = new Dictionary<string, string> { ["A"] = "x" };
        _ = new DockerfileVariables(dockerfile, arguments);
        UsedPaths.Of(dockerfile);
        _ = ExternalImages.Of(dockerfile, arguments).ToList();
        DockerfileCheckList.Run(
            new CheckInput(dockerfile, "", DockerIgnore.None, "", arguments, new ProjectFacts("/src/a.csproj", "net10.0")), LintSettings.Default);
    }

    private static void IsIgnored(DockerIgnore rules)
    {
        foreach (var path in new[] { "a", "a/b/c.h", "bin/x", new string('a', 200), string.Join('/', Enumerable.Repeat("a", 40)) })
        {
            rules.IsIgnored(path);
            rules.CanSkipDirectory(path);
        }
    }

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

    private static void Solutions(string file) =>
        SolutionProjects.ReadAsync(file, "Release", "AnyCPU", new SourceLocation("x"), default).GetAwaiter().GetResult();

    private void Program(byte[] input)
    {
        File("shop", input);
        FileModes.Of(folder.Full("shop"));
        ProgramFile.Check(
            new PublishOutput
            {
                Folder = folder.Path,
                BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0-alpine",
                Config = new PublishedConfig { Command = new ContainerCommand { AppCommand = ["/app/shop"] } },
            },
            Amd64, new SourceLocation("x"));
    }

    // Of Linux (ELF) and of Windows (PE), which is what the SDK makes there, and a script.
    private static IEnumerable<byte[]> Programs()
    {
        var elf = new byte[256];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(elf, 0);
        (elf[16], elf[18], elf[32], elf[54], elf[56]) = (3, 62, 64, 56, 1);
        (elf[64], elf[72], elf[96]) = (3, 128, 28);
        "/lib64/ld-linux-x86-64.so.2"u8.CopyTo(elf.AsSpan(128));
        yield return elf;
        yield return System.IO.File.ReadAllBytes(typeof(Parsers).Assembly.Location)[..2048];
        yield return "#!/bin/sh\necho\n"u8.ToArray();
    }

    private static byte[] Tar(bool ofImage)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, ofImage ? "blobs/sha256/a" : "a", [new("comment", "x")])
            {
                DataStream = new MemoryStream("""{"config":{"digest":"sha256:b"}}"""u8.ToArray()),
            });
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, new string('n', 150)) { DataStream = new MemoryStream([1]) });
        }

        return stream.ToArray();
    }

    private static FileTable Table()
    {
        var table = FileTable.Empty();
        table.Add("/src/a b", new FileStamp(FileKind.File, 1, 2, 3, 4, 5, null), new byte[32]);
        return table;
    }
}
