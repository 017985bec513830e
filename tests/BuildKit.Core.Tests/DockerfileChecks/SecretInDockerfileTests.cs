using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.DockerfileChecks;

public sealed class SecretInDockerfileTests
{
    private const string Token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    // BuildKit's own check says the same of NPM_TOKEN and MY_PASSWORD: once is enough.
    [TestCase("ARG NPM_TOKEN\nENV MY_PASSWORD=x", ExpectedResult = "")]
    [TestCase("ENV GITHUB_PAT=x", ExpectedResult = "BK3318 2,5")]
    [TestCase("ARG  DB_PASS", ExpectedResult = "BK3318 2,6")]
    [TestCase("ENV A=1 \\\n    NpmToken=$B DbPassword=x", ExpectedResult = "BK3318 3,5 BK3318 3,17")]
    [TestCase("ENV ORIGIN https://me:hunter22@example.com/a.git", ExpectedResult = "BK3318 2,5")]
    [TestCase("ENV CONNECTION=\"Server=db;User=sa;Password=hunter22;\"", ExpectedResult = "BK3318 2,5")]
    [TestCase("ENV CONNECTION=\"Server=db;User=sa;Password=${P};\" URL=https://me:$P@example.com", ExpectedResult = "")]
    [TestCase("LABEL build=" + Token, ExpectedResult = "BK3318 2,13")]
    [TestCase("RUN curl -H \"Authorization: Bearer " + Token + "\" https://example.com", ExpectedResult = "BK3318 2,36")]
    [TestCase("RUN <<EOF\necho start\nexport X=" + Token + "\nEOF", ExpectedResult = "BK3318 4,10")]
    [TestCase(
        "ARG VERSION=1.2.3\nENV PATH=/app:$PATH PWD_FILE=/x PATTERN=a COMPASS=1 monkey=1 ProductName=Token PublicKey=a\nLABEL a=b\nRUN echo Token",
        ExpectedResult = "")]
    public string A_secret_that_BuildKit_does_not_see_is_told_at_its_column(string lines)
    {
        using var project = new CheckedProject();
        var found = project.Check("FROM debian\n" + lines).Where(diagnostic => diagnostic.Code == "BK3318").ToList();
        Assert.That(found.Select(diagnostic => diagnostic.Message), Has.None.Contains("hunter22").And.None.Contains(Token),
            "the value is not quoted");
        return string.Join(' ', found.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Location!.Line},{diagnostic.Location.Column}"));
    }

    [Test]
    public void The_message_has_the_item_and_the_mount_to_write()
    {
        using var project = new CheckedProject();
        Assert.That(project.Check("FROM debian\nENV GITHUB_PAT=x").Single().Message, Does
            .Contain("<BuildKitSecret Include=\"github_pat\" EnvironmentVariable=\"GITHUB_PAT\" />").And
            .Contain("RUN --mount=type=secret,id=github_pat"));
    }

    [TestCase("oy2" + "abcdefghijklmnopqrstuvwxyz0123456789abcdefg", true)]
    [TestCase("AKIAIOSFODNN7EXAMPLE", true)]
    [TestCase("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x", true)]
    [TestCase("-----BEGIN OPENSSH PRIVATE KEY-----", true)]
    [TestCase("https://example.com:8080/a@b", false)]
    [TestCase("git@example.com:team/shop.git", false)]
    [TestCase("sha256:0123456789abcdef0123456789abcdef", false)]
    public void A_credential_is_known_by_its_form(string text, bool isOne) => Assert.That(CredentialForm.IsIn(text), Is.EqualTo(isOne));
}
