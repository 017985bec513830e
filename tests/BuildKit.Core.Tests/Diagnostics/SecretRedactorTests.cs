using System.Text;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.Diagnostics;

public sealed class SecretRedactorTests
{
    private const string Secret = "s3cr3t/+ value&1";

    [Test]
    public void The_value_and_its_encoded_forms_are_replaced()
    {
        var redactor = new SecretRedactor([Secret]);
        var forms = new[] { Secret, Uri.EscapeDataString(Secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)) };
        foreach (var form in forms)
        {
            Assert.That(redactor.Redact($"token={form};"), Is.EqualTo("token=***;"));
        }
    }

    [Test]
    public void A_quoted_value_is_replaced() =>
        Assert.That(new SecretRedactor(["a\"b\\c"]).Redact("process \"echo a\\\"b\\\\c\""), Is.EqualTo("process \"echo ***\""));

    [TestCase("u:")]
    [TestCase("us:")]
    [TestCase("usr:")]
    public void A_basic_login_does_not_show_it(string user)
    {
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(user + Secret));
        var redacted = new SecretRedactor([Secret]).Redact(header);
        Assert.That(redacted, Does.Contain("***").And.Length.LessThan(14));
    }

    [Test]
    public void Each_line_of_a_file_is_replaced()
    {
        var redactor = new SecretRedactor(["first-line-1\nsecond-line-2\r\n"]);
        Assert.That(redactor.Redact("a second-line-2 b"), Is.EqualTo("a *** b"));
        Assert.That(redactor.Redact("a first-line-1 b"), Is.EqualTo("a *** b"));
    }

    [Test]
    public void A_value_within_another_leaves_nothing_of_it() =>
        Assert.That(new SecretRedactor(["abcd", "abcdefgh"]).Redact("abcdefgh abcd"), Is.EqualTo("*** ***"));

    [Test]
    public void Short_and_empty_values_replace_nothing() =>
        Assert.That(new SecretRedactor(["abc", "", null, "   "]).Redact("abc   def"), Is.EqualTo("abc   def"));

    [Test]
    public void Without_secrets_the_same_object_comes_back()
    {
        const string text = "anything";
        Assert.That(SecretRedactor.None.Redact(text), Is.SameAs(text));
    }

    [Test]
    public void A_diagnostic_is_redacted_in_its_message()
    {
        var diagnostic = EngineDiagnostics.EngineError.With("token hunter2000");
        Assert.That(new SecretRedactor(["hunter2000"]).Redact(diagnostic).Message, Is.EqualTo("BuildKit reported: token ***"));
    }
}
