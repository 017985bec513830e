using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Staging;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Staging;

public sealed class PublishDockerfileTests
{
    private static readonly PublishLayer[] Layers = [PublishLayer.Packages, PublishLayer.Application];

    [Test]
    public void The_fast_form_adds_files_and_does_nothing_else() => Assert.That(
        PublishDockerfile.Of([Stage("r/base:1@sha256:d", Config(new() { Command = new() }))], fast: true),
        Is.EqualTo("""
            # Made by BuildKit.Tasks from published files; the image's configuration is set by the exporter.
            FROM r/base:1@sha256:d
            ADD --link ["packages","/app/"]
            ADD --link ["application","/app/"]

            """));

    [Test]
    public void Copied_files_are_linked_in_the_applications_folder_only_and_others_come_before_the_commands()
    {
        var stage = Stage("r/base:1", Config(new() { Command = new() }));
        stage = stage with
        {
            Output = stage.Output with
            {
                Commands = [new("ls", [], [])],
                Copies =
                [
                    new("/x", "/app/docs/", "x", "", "1654:0"), new("/y", "/etc/$a/", "y", "0600", ""), new("/z", "/app/", "z", "", "app"),
                    new("/z", "/application/", "z", "", ""),
                ],
            },
        };
        Assert.That(PublishDockerfile.Of([stage], fast: true, HostSystem.Linux), Does.EndWith("""
            FROM r/base:1
            ADD ["copy1","/etc/\\$a/"]
            ADD --chown=app ["copy2","/app/"]
            ADD ["copy3","/application/"]
            USER 0
            RUN ["/bin/sh","-c","ls"]
            ADD --link ["packages","/app/"]
            ADD --link ["application","/app/"]
            ADD --link --chown=1654:0 ["copy0","/app/docs/"]

            """));
        // Archives say modes and owners themselves, but only by number; what the history tells is the same.
        Assert.That(PublishDockerfile.Of([stage], fast: true, HostSystem.Windows), Does.EndWith("""
            FROM r/base:1
            ADD ["copy1","/etc/\\$a/"]
            ADD --chown=app ["copy2","/app/"]
            ADD ["copy3","/application/"]
            USER 0
            RUN ["/bin/sh","-c","ls"]
            ADD --link ["packages","/app/"]
            ADD --link ["application","/app/"]
            ADD --link --chown=1654:0 ["copy0","/app/docs/"]

            """));
    }

    [TestCase("/app/", true)]
    [TestCase("/opt/shop", true)]
    [TestCase("/usr/src/app/", true)]
    [TestCase("/", false)]
    [TestCase("/tmp/", false)]
    [TestCase("/bin", false)]
    [TestCase("/home/app/", false)]
    [TestCase("/opt", false)]
    [TestCase("/app/../tmp", false)]
    [TestCase("app", false)]
    public void A_working_directory_of_the_system_is_not_replaced_by_a_linked_layer(string directory, bool linked)
    {
        var text = PublishDockerfile.Of([Stage("r/base:1", Config(new() { WorkingDirectory = directory, Command = new() }))], fast: true);
        Assert.That(text, Does.Contain($"ADD {(linked ? "--link " : "")}[\"application\",\"{directory.TrimEnd('/')}/\"]"));
    }

    [Test]
    public void The_plain_form_says_the_configuration_in_instructions()
    {
        var config = ImageConfig.Over("{}", new Platform("linux", "amd64"), new()
        {
            Command = new() { AppCommand = ["/app/sh op"], DefaultArgs = ["a\"b"] },
            User = "1654",
            Ports = ["8080/tcp"],
            Environment = [new("A", "1 $x \"q\" \\"), new("B", "")],
        }, [new("l.a", "$HOME")]);
        Assert.That(PublishDockerfile.Of([Stage("base:1", config)], fast: false), Is.EqualTo("""
            # Made by BuildKit.Tasks from published files.
            FROM base:1
            ADD --link ["packages","/app/"]
            ADD --link ["application","/app/"]
            WORKDIR /app/
            ENV A="1 \$x \"q\" \\"
            ENV B=""
            LABEL "l.a"="\$HOME"
            EXPOSE 8080/tcp
            USER 1654
            ENTRYPOINT ["/app/sh op"]
            CMD ["a\"b"]

            """));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_line_break_in_a_value_is_refused_and_does_not_become_an_instruction(bool label)
    {
        KeyValuePair<string, string> pair = new("A", "1\nRUN rm -rf /\nB=2");
        var config = ImageConfig.Over("{}", new Platform("linux", "amd64"),
            new() { Command = new() { AppCommand = ["app"] }, Environment = label ? [] : [pair] }, label ? [pair] : []);
        var failure = Assert.Throws<DiagnosticException>(() => PublishDockerfile.Of([Stage("base:1", config)], fast: false))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK2019"));
        Assert.That(failure.Message, Does.Contain("the value of A").And.Not.Contain("rm -rf"));
    }

    [Test]
    public void Several_platforms_have_a_stage_each() => Assert.That(
        PublishDockerfile.Of(
            [
                Stage("r/base:1", Config(new() { Command = new() })) with { Folder = "linux-x64/" },
                Stage("r/base:2", ImageConfig.Over("{}", new Platform("linux", "arm", "v7"), new() { Command = new() }, [])) with
                    { Folder = "linux-arm/" },
            ],
            fast: true),
        Does.EndWith("""
            FROM --platform=linux/amd64 r/base:1 AS platform-amd64
            ADD --link ["linux-x64/packages","/app/"]
            ADD --link ["linux-x64/application","/app/"]
            FROM --platform=linux/arm/v7 r/base:2 AS platform-armv7
            ADD --link ["linux-arm/packages","/app/"]
            ADD --link ["linux-arm/application","/app/"]
            FROM platform-$TARGETARCH$TARGETVARIANT

            """));

    private static ImageConfig Config(PublishedConfig project) => ImageConfig.Over("{}", new Platform("linux", "amd64"), project, []);

    private static PublishStage Stage(string baseImage, ImageConfig config) =>
        new(new BaseImage(baseImage, "{}"), config, "", Layers)
        { Output = new() { Folder = "", BaseImage = baseImage, Config = new() { Command = new() } } };
}
