using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics;

public sealed class UrlCredentialsTests
{
    [TestCase("https://user:pa55word@example.com/x.git#main", "https://***@example.com/x.git#main")]
    [TestCase("git clone https://u:p@h/a and https://u:q@h/b", "git clone https://***@h/a and https://***@h/b")]
    [TestCase("https://glpat-0123456789@example.com/x.git", "https://***@example.com/x.git")]
    [TestCase("http://user:p@ss@h", "http://***@h")]
    [TestCase("HTTPS://glpat-0123456789@example.com/x.git", "HTTPS://***@example.com/x.git")]
    [TestCase("https://user:$ecret@h", "https://***@h")]
    [TestCase("https://user:{ecret@h", "https://***@h")]
    [TestCase("ssh://git:pw@h/x", "ssh://***@h/x")]
    [TestCase("'https://u:%40%2F@h'", "'https://***@h'")]
    [TestCase("tcp://u:p@[::1]:80", "tcp://***@[::1]:80")]
    public void User_and_password_are_replaced(string text, string masked)
    {
        Assert.That(UrlCredentials.Masked(text), Is.EqualTo(masked));
        Assert.That(SecretRedactor.None.Redact(text), Is.EqualTo(masked));
        Assert.That(UrlCredentials.IsIn(text), Is.True);
    }

    [TestCase("ssh://git@example.com/x.git")]
    [TestCase("git@example.com:x.git")]
    [TestCase("https://example.com/a@b:c")]
    [TestCase("https://example.com/?q=a:b@c")]
    [TestCase("https://user:${TOKEN}@example.com")]
    [TestCase("https://$TOKEN@example.com")]
    [TestCase("https://***@example.com")]
    [TestCase("https://xxxxx:xxxxx@example.com")]
    [TestCase("docker-image://r:5000/x@sha256:0123")]
    [TestCase("://")]
    [TestCase("a@b ://c")]
    public void What_is_none_stays_as_it_is(string text) => Assert.That(UrlCredentials.Masked(text), Is.SameAs(text));

    [Test]
    public void A_password_is_replaced_wherever_else_it_is_printed()
    {
        var redactor = new SecretRedactor(UrlCredentials.Of("https://user:pa55%2Fword@example.com/x.git"));
        Assert.That(redactor.Redact("fatal: pa55/word and pa55%2Fword of user"), Is.EqualTo("fatal: *** and *** of user"));
    }
}
