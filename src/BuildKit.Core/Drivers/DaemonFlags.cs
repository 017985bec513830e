using System.Text;

namespace BuildKit.Core.Drivers;

/// <summary>
/// Flags of a BuildKit daemon. buildx takes them as one text and splits it as a shell does
/// (github.com/google/shlex), so this is the one place where arguments become a line.
/// </summary>
internal static class DaemonFlags
{
    /// <summary>What buildx adds by itself unless a flag speaks of entitlements.</summary>
    public const string AddedByBuildx = "--allow-insecure-entitlement=network.host";

    /// <summary>One text of several arguments.</summary>
    public static string Join(IEnumerable<string> flags) => string.Join(' ', flags.Select(Quote));

    /// <summary>The arguments of a text: separated by blanks, with quotes and back-slashes as in a shell.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var flags = new List<string>();
        var word = new StringBuilder();
        var (started, quote) = (false, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
                started = true;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                word.Append(quote == '\0' ? "" : c.ToString());
            }
            else if (c is '"' or '\'')
            {
                (quote, started) = (c, true);
            }
            else if (char.IsWhiteSpace(c) || c == ';')
            {
                Finish();
            }
            else
            {
                word.Append(c);
                started = true;
            }
        }

        Finish();
        return flags;

        void Finish()
        {
            if (started)
            {
                flags.Add(word.ToString());
                word.Clear();
                started = false;
            }
        }
    }

    private static string Quote(string flag) =>
        flag.Length > 0 && flag.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./:,@+%".Contains(c, StringComparison.Ordinal))
            ? flag : $"'{flag.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
