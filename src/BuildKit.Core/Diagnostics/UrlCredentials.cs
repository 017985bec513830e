using System.Buffers;
using System.Text;

namespace BuildKit.Core.Diagnostics;

/// <summary>
/// The user and password that a URL may have before its host. BuildKit shows neither
/// (https://github.com/moby/buildkit/blob/master/util/urlutil/redact.go), so neither do we.
/// </summary>
internal static class UrlCredentials
{
    private const string SchemeEnd = "://";

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly SearchValues<char> AuthorityEnd = SearchValues.Create(" \t\r\n/?#\"'<>`");

    /// <summary>The text with three stars for user and password of each URL in it; the same object when there are none.</summary>
    public static string Masked(string text)
    {
        StringBuilder? masked = null;
        var done = 0;
        foreach (var (start, end) in Find(text))
        {
            masked = (masked ?? new StringBuilder()).Append(text, done, start - done).Append(SecretRedactor.Replacement);
            done = end;
        }

        return masked is null ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Whether a URL has a password, or a token in the place of a user.</summary>
    public static bool IsIn(string url) => Find(url).Any();

    /// <summary>The passwords and tokens of a URL, as written and as they are: what else a program may print.</summary>
    public static IEnumerable<string> Of(string url)
    {
        foreach (var (start, end) in Find(url))
        {
            var secret = url[start..end] is var login && login.IndexOf(':') is var colon and >= 0 ? login[(colon + 1)..] : login;
            yield return secret;
            yield return Uri.UnescapeDataString(secret);
        }
    }

    // Where user and password stand. "ssh://git@host" has a user that is no secret; a name alone before a web server is a token.
    private static IEnumerable<(int Start, int End)> Find(string text)
    {
        for (var at = text.IndexOf(SchemeEnd, StringComparison.Ordinal); at >= 0; at = text.IndexOf(SchemeEnd, at + 1, StringComparison.Ordinal))
        {
            var start = at + SchemeEnd.Length;
            var length = text.AsSpan(start).IndexOfAny(AuthorityEnd);
            var authority = text.AsSpan(start, length < 0 ? text.Length - start : length);
            var login = authority[..Math.Max(authority.LastIndexOf('@'), 0)];
            var before = text.AsSpan(0, at);
            // Schemes have no case (https://www.rfc-editor.org/rfc/rfc3986#section-3.1).
            var isWeb = before.EndsWith("http", StringComparison.OrdinalIgnoreCase) || before.EndsWith("https", StringComparison.OrdinalIgnoreCase);
            if (IsSecret(login, isWeb))
            {
                yield return (start, start + login.Length);
            }
        }
    }

    // A variable in the place of a password is none, and neither is what is masked already.
    private static bool IsSecret(ReadOnlySpan<char> login, bool isWeb)
    {
        var colon = login.IndexOf(':');
        var secret = colon >= 0 ? login[(colon + 1)..] : isWeb ? login : "";
        return secret.Length > 0 && !IsVariable(secret) && !secret.SequenceEqual("***") && !secret.SequenceEqual("xxxxx");
    }

    // "${TOKEN}", "{token}" and "$TOKEN"; "$ecret" may well be a password.
    private static bool IsVariable(ReadOnlySpan<char> text) =>
        text[^1] == '}' ? text.StartsWith("${") || text[0] == '{' : text[0] == '$' && text.Length > 1 && !text[1..].ContainsAnyExcept(NameLetters);
}
