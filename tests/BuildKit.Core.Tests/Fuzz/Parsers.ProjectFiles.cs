using BuildKit.Core.Bakes;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Compose;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Staging;
using BuildKit.Core.Tests.DevSpace;

namespace BuildKit.Core.Tests.Fuzz;

/// <content>What a project and its folder hold.</content>
internal sealed partial class Parsers
{
    private IEnumerable<FuzzedParser> ProjectFiles =>
    [
        new("Dockerfile",
            Texts([.. Corpus("DockerfileChecks/Corpus", "*.txt"),
                "ARG A=1\nARG B=$A$A\nFROM x AS a\nRUN <<EOF\necho\nEOF\nONBUILD COPY a b\nFROM a\nCOPY --from=a /x /y\n"]), Dockerfile),
        new(".dockerignore", Texts(["# c\n**/bin\n!a/**/*.[ch]\nobj\\x\n**\n*.md\n", "a?b\n[a-z]*/x\n^y\n"]), input =>
            IsIgnored(DockerIgnore.Load(File(".dockerignore", input))), "BK3019"),
        new("devspace.yaml", Texts(Corpus("DevSpace/Corpus", "*.yaml")), input => DevSpaceImages.Describe(
            File("devspace.yaml", input),
            new DevSpaceOptions { Environment = new BuildEnvironment { ["CI"] = "true" }, IntermediateFolder = folder.Full("obj") },
            new CollectingSink())),
        new("compose.yaml", Texts(Corpus("Compose/Corpus", "*.yaml")), input => ComposeImages.Describe(
            [File("compose.yaml", input)],
            new ComposeOptions { Environment = new BuildEnvironment(), IntermediateFolder = folder.Full("obj") }, new CollectingSink())),
        new("compose file that tells a context",
            Texts("services:\n  a:\n    build:\n      context: \"../a\\0\"\n      dockerfile: a/Dockerfile\n  b:\n    build: .\n"),
            input => ComposeContexts.Of(folder.Full("a/Dockerfile"), [Path.GetDirectoryName(File("compose.yaml", input))!])),
        new("condition of a patch", Texts(["@.a == 'b' && @.c =~ /^x.*$/ || !(@.d > 3)", "@.name=='api'"]), input => PatchFilter.Parse(Text(input)),
            "FormatException"),
        new("path of a patch", Texts(["images.api.build[?(@.a=='b')].x", "/images/api/0", "$.a[*]..b"]), input => PatchPath.Parse(Text(input)),
            "FormatException"),
        new("environment file", Texts(["A=1\nexport B=\"x${A}\" # c\nC='d'\nD=${A:-${B}}\n"]), input =>
            EnvironmentFile.Join(File(".env", input), new BuildEnvironment())),
        new("kubeconfig",
            Texts(
                ["apiVersion: v1\ncurrent-context: a\nclusters: [{name: c, cluster: {server: \"https://k:6443\"}}]\ncontexts: [{name: a, context: "
                    + "{cluster: c, user: u}}]\nusers: [{name: u, user: {token: t}}]\n"]),
            input => Kubeconfig.Check("k", new BuildEnvironment { ["KUBECONFIG"] = File("kubeconfig", input) }, null), "BK1028", "BK1029"),
        new("solution", Texts([Solution]), input => Solutions(File("a.sln", input)), "BK6208"),
        new("solution in XML",
            Texts(
                ["<Solution><Folder Name=\"/f/\"><Project Path=\"a/a.csproj\"><BuildType Solution=\"*|Any CPU\" Project=\"Release\" "
                    + "/></Project></Folder></Solution>"]), input =>
            Solutions(File("a.slnx", input)), "BK6208"),
        new("program", [.. Programs()], Program, "BK3015"),
        new("csv", Texts(["type=registry,\"ref=r/x,y\",mode=max", "a,\"b\"\"c\""]), input => CacheReference.Parse(Text(input)).ToString()),
        new("image name", Texts(["registry.example.com:5000/team/shop:1@sha256:0123456789012345678901234567890123456789012345678901234567890123"]),
            input => ImageReference.TryParse(Text(input))),
        new("platform", Texts(["linux/arm/v7", "windows/amd64", "linux-musl-arm64"]), input =>
            (Platform.TryParse(Text(input)), Platform.TryParseRuntimeIdentifier(Text(input))).ToString()),
        new("command line", Texts(["git rev-parse 'a b' \"c\\\"d\" $X", "echo a | b"]), input => SimpleCommand.TrySplit(Text(input))),
        new("HEAD of git", Texts(["ref: refs/heads/main\n", "0123456789012345678901234567890123456789\n"]), input =>
        {
            folder.Write(".git/packed-refs", "# pack-refs\n0123456789012345678901234567890123456789 refs/heads/main\n");
            System.IO.File.WriteAllBytes(folder.Full(".git/HEAD"), input);
            GitHead.Read(folder.Path);
        }),
        new("project file",
            Texts(["<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><ProjectReference Include=\"..\\b\\b.csproj\" /></ItemGroup></Project>"]),
            input => ProjectReferences.ClosureOf(File("p.csproj", input))),
        new("project.assets.json",
            Texts(["""{"libraries":{"B/1.0.0":{"type":"project","path":"../b/b.csproj","msbuildProject":"../b/b.csproj"}}}"""]), input =>
            ProjectGraph.ProjectsOf(new ProjectFacts(folder.Full("p.csproj"), AssetsFile: File("project.assets.json", input)))),
    ];

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
}
