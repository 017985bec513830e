using System.Text.RegularExpressions;

namespace BuildKit.Core.Diagnostics;

/// <summary>
/// Forms of credentials, by the marks that their issuers document: tokens of GitHub, GitLab, npm, NuGet, Slack, Stripe and
/// Azure storage, access keys of AWS, JSON web tokens, private keys in PEM, and passwords within URLs and connection strings.
/// </summary>
internal static partial class CredentialForm
{
    /// <summary>Whether a text is a credential or has one in it.</summary>
    public static bool IsIn(string text) => Forms().IsMatch(text);

    /// <summary>The first credential in a text, to find its place by; empty when there is none.</summary>
    public static string FirstIn(string text) => Forms().Match(text).Value;

    // A variable in the place of a password is none, and neither is a placeholder such as <password> or ***.
    [GeneratedRegex(
        @"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{20,}|oy2[a-z0-9]{43}"
            + @"|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]+)"
        + @"|-----BEGIN [A-Z ]*PRIVATE KEY"
        + @"|(?<=://[A-Za-z0-9._%+-]{1,64}:)[^\s$@/:<*""']{4,}(?=@)"
        + @"|(?<=(?i:\bpassword|\bpwd|\bAccountKey|\bSharedAccessKey)=)[^\s$;<*""']{4,}(?=;)")]
    private static partial Regex Forms();
}
