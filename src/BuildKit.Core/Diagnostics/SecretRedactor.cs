using System.Net;
using System.Text;

namespace BuildKit.Core.Diagnostics;

/// <summary>
/// Replaces the values of secrets by <c>***</c>. Every text that leaves the core goes through it, since a step may print
/// what it was given, and an error may quote it.
/// </summary>
public sealed class SecretRedactor
{
    /// <summary>What stands in for a secret.</summary>
    public const string Replacement = "***";

    /// <summary>Shorter values are not replaced: they would be found in ordinary words, and show what they are by it.</summary>
    public const int ShortestSecret = 4;

    // Lines of a file and the inner part of a longer base64 text are only parts of a secret: a short one is no secret yet.
    private const int ShortestPart = 8;

    private readonly string[] forms;

    /// <summary>Makes a redactor for the given values.</summary>
    /// <param name="secrets">The values themselves, for example the contents of secret files and variables.</param>
    public SecretRedactor(IEnumerable<string?> secrets) =>
        // The longest first, so that a value within another does not leave the other's rest.
        forms = [.. secrets
            .SelectMany(Values)
            .SelectMany(Forms)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length)];

    /// <summary>A redactor that knows no secrets, and replaces passwords in URLs alone.</summary>
    public static SecretRedactor None { get; } = new([]);

    /// <summary>The text without secrets; the same object when there are none in it.</summary>
    public string Redact(string text)
    {
        // Whoever wrote it, a password in a URL is one; the user goes with it, before the password alone is replaced.
        text = UrlCredentials.Masked(text);
        foreach (var form in forms)
        {
            if (text.Length >= form.Length)
            {
                text = text.Replace(form, Replacement, StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>The diagnostic without secrets.</summary>
    public Diagnostic Redact(Diagnostic diagnostic) => diagnostic with { Message = Redact(diagnostic.Message) };

    // Output comes line by line, so that a file of several lines is never seen whole.
    private static IEnumerable<string> Values(string? secret)
    {
        var value = secret?.Trim() ?? "";
        if (value.Length < ShortestSecret)
        {
            return [];
        }

        var lines = value.Split('\n', StringSplitOptions.TrimEntries);
        return [value, secret!, .. lines.Length > 1 ? lines.Where(line => line.Length >= ShortestPart) : []];
    }

    private static IEnumerable<string> Forms(string value)
    {
        yield return value;
        // As Go and JSON quote it: BuildKit's errors quote commands.
        yield return value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        yield return Uri.EscapeDataString(value);
        yield return WebUtility.UrlEncode(value);
        var bytes = Encoding.UTF8.GetBytes(value);
        yield return Convert.ToBase64String(bytes);
        yield return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        // Within a longer text ("user:token" of a basic login) the same bytes look different, by where they begin.
        for (var offset = 0; offset < 3; offset++)
        {
            var inner = InnerBase64(bytes, offset);
            if (inner.Length >= ShortestPart)
            {
                yield return inner;
            }
        }
    }

    private static string InnerBase64(byte[] bytes, int offset)
    {
        var padded = new byte[offset + bytes.Length];
        bytes.CopyTo(padded, offset);
        // A character holds six bits: only those that the value alone decides.
        var first = offset == 0 ? 0 : offset + 1;
        var last = padded.Length * 8 / 6;
        return last > first ? Convert.ToBase64String(padded)[first..last] : "";
    }
}
