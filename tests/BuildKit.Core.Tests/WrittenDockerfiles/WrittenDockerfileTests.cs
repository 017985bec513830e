using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.WrittenDockerfiles;

namespace BuildKit.Core.Tests.WrittenDockerfiles;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WrittenDockerfileTests : IDisposable
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef";

    private readonly TestFolder folder = new();

    private string Target => folder.Full("project/Dockerfile.buildkit");

    public void Dispose() => folder.Dispose();

    [Test]
    public void Says_what_the_base_image_does_not_and_how_to_build_it()
    {
        folder.Write("shared/ca.pem");
        folder.Write("project/fragment", "RUN echo\n");
        var output = Output("linux-x64") with
        {
            Copies = [new(folder.Full("shared/ca.pem"), "/etc/shop/", "ca.pem", "0640", "app")],
            Fragment = folder.Full("project/fragment"),
        };
        var request = Request(output) with
        {
            NamedContexts = [new("base/x:1", "docker-image://mirror.example.com/x:1", IsMirror: true), new("lib", folder.Make("lib"))],
            BuildArguments = [new("VERSION", "s3cret")],
            Secrets = [new("npm", "NPM_TOKEN", "")],
            Tags = [new("r.example.com", "shop", "1")],
            Outputs = [new(OutputKind.Push)],
        };
        WrittenDockerfile.Write(request, [Stage(output, new Platform("linux", "amd64"), "mirror.example.com/x:1@" + Digest)], Target);
        var text = File.ReadAllText(Target);
        Assert.That(text[(text.IndexOf('\n') + 1)..], Is.EqualTo($"""
            #
            # Makes the image of shop.csproj without BuildKit.Tasks. In the project's folder, after "dotnet publish":
            #
            #   docker buildx build --file Dockerfile.buildkit --build-context publish=out/linux-x64 --build-context base/x:1@{Digest}=docker-image://mirror.example.com/x:1@{Digest} --build-context lib=../lib --build-arg VERSION --secret id=npm,env=NPM_TOKEN --tag r.example.com/shop:1 --push ..
            #
            # It needs BuildKit 0.20, which Docker has since 28.

            FROM base/x:1@{Digest}
            COPY --chmod=640 --chown=app ["shared/ca.pem","/etc/shop/"]
            COPY --from=publish --chmod=u=rwX,go=rX [".","/app/"]
            WORKDIR /app/
            ENV C="2"
            LABEL "own"="1"
            EXPOSE 8081/tcp
            ENTRYPOINT ["dotnet","/app/shop.dll"]

            RUN echo

            """));
        Assert.That(WrittenDockerfile.IsOurs(text), Is.True);
        Assert.That(WrittenDockerfile.IsOurs(text.Replace("\n", "\r\n", StringComparison.Ordinal)), Is.True, "checked out by git on Windows");
        Assert.That(WrittenDockerfile.IsOurs(text + "USER root\n"), Is.False);
        WrittenDockerfile.Write(request, [], Target);
        File.AppendAllText(Target, "USER root\n");
        Assert.That(() => WrittenDockerfile.Write(request, [], Target), Throws.TypeOf<DiagnosticException>());
    }

    [Test]
    public void Has_a_stage_for_each_platform()
    {
        var (x64, arm) = (Output("linux-x64"), Output("linux-arm64"));
        var request = Request(x64 with { Others = [arm] }) with { Platforms = [new("linux", "amd64"), new("linux", "arm64")] };
        var text = WrittenDockerfile.Of(request, [Stage(x64, request.Platforms[0], "base/x:1"), Stage(arm, request.Platforms[1], "base/x:1")],
            Target);
        Assert.That(text,
            Does.Contain(
                "--build-context publish-linux-x64=out/linux-x64 --build-context publish-linux-arm64=out/linux-arm64 --platform "
                    + "linux/amd64,linux/arm64"));
        Assert.That(text, Does.Contain("\nFROM --platform=linux/arm64 base/x:1 AS platform-arm64\nCOPY --from=publish-linux-arm64 "));
        Assert.That(text, Does.EndWith("\nFROM platform-$TARGETARCH$TARGETVARIANT\n"));
    }

    [TestCase(12, 0, 0, null, Description = "ours")]
    [TestCase(13, 15, 1, 3)]
    [TestCase(0, 0, 0, null, Description = "no line")]
    public void A_fragments_lines_are_counted_from_its_start(int line, int endLine, int expected, int? expectedEnd)
    {
        var found = DockerfileDiagnostics.ParseError.At(new SourceLocation("Dockerfile", line, EndLine: endLine), "x");
        var placed = new DockerfileFragment("fragment", 12).Place(found).Location;
        Assert.That(placed, Is.EqualTo(expected == 0 ? null : new SourceLocation("fragment", expected, EndLine: expectedEnd!.Value)));
    }

    private static PublishStage Stage(PublishOutput output, Platform platform, string reference)
    {
        const string Base = """{"config":{"Env":["A=1","B=x"],"Labels":{"base":"1"},"ExposedPorts":{"8080/tcp":{}}}}""";
        var config = ImageConfig.Over(Base, platform, output.Config with { Environment = [new("C", "2")], Ports = ["8080/tcp", "8081/tcp"] },
            [new("base", "1"), new("own", "1")]);
        return new PublishStage(new BaseImage(reference, Base), config, "", []) { Output = output };
    }

    private PublishOutput Output(string runtime)
    {
        folder.Write($"project/out/{runtime}/shop.dll");
        return new()
        {
            Folder = folder.Full($"project/out/{runtime}"),
            BaseImage = "base/x:1",
            RuntimeIdentifier = runtime,
            Config = new() { Command = new() { AppCommand = ["dotnet", "/app/shop.dll"] } },
        };
    }

    private BuildRequest Request(PublishOutput output) => new()
    {
        Name = "shop",
        ProjectFile = folder.Full("project/shop.csproj"),
        IntermediateFolder = folder.Full("obj"),
        PublishOutput = output,
    };
}
