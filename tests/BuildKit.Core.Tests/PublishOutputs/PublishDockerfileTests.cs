using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Tests.PublishOutputs;

public sealed class PublishDockerfileTests
{
    private static readonly PublishLayer[] Layers = [PublishLayer.Packages, PublishLayer.Application];

    [Test]
    public void The_fast_form_copies_and_does_nothing_else() => Assert.That(
        PublishDockerfile.Fast("r/base:1@sha256:d", "/app/", Layers),
        Is.EqualTo("""
            # Made by BuildKit.Tasks from published files; the image's configuration is set by the exporter.
            FROM r/base:1@sha256:d
            COPY --link ["packages/","/app/"]
            COPY --link ["application/","/app/"]

            """));

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
        Assert.That(PublishDockerfile.Plain("base:1", config, Layers), Is.EqualTo("""
            # Made by BuildKit.Tasks from published files; the image's configuration is set by the exporter.
            FROM base:1
            COPY --link ["packages/","/app/"]
            COPY --link ["application/","/app/"]
            WORKDIR /app/
            ENV A="1 \$x \"q\" \\"
            ENV B=""
            LABEL "l.a"="\$HOME"
            EXPOSE 8080/tcp
            USER 1654
            ENTRYPOINT ["/app/sh op"]
            CMD ["a\u0022b"]

            """));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_line_break_in_a_value_is_refused_and_does_not_become_an_instruction(bool label)
    {
        KeyValuePair<string, string> pair = new("A", "1\nRUN rm -rf /\nB=2");
        var config = ImageConfig.Over("{}", new Platform("linux", "amd64"), new() { Command = new() { AppCommand = ["app"] }, Environment = label ? [] : [pair] }, label ? [pair] : []);
        var failure = Assert.Throws<DiagnosticException>(() => PublishDockerfile.Plain("base:1", config, Layers))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK2019"));
        Assert.That(failure.Message, Does.Contain("the value of A").And.Not.Contain("rm -rf"));
    }
}
