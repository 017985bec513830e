using System.Text;

namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// Reads the flags between the keyword and the arguments of an instruction: words that start with two dashes,
/// up to the first that does not. A lone <c>--</c> ends them.
/// </summary>
internal static class FlagReader
{
    public static List<DockerfileFlag> Read(string text, char escape, out string arguments)
    {
        var flags = new List<DockerfileFlag>();
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (!text.AsSpan(position).StartsWith("--", StringComparison.Ordinal))
            {
                break;
            }

            var word = Word(text, escape, ref position);
            if (word == "--")
            {
                break;
            }

            var equals = word.IndexOf('=');
            flags.Add(equals < 0
                ? new DockerfileFlag(word[2..], null)
                : new DockerfileFlag(word[2..equals], word[(equals + 1)..]));
        }

        arguments = text[position..].Trim();
        return flags;
    }

    private static string Word(string text, char escape, ref int position)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; position < text.Length && (quote != '\0' || !char.IsWhiteSpace(text[position])); position++)
        {
            var c = text[position];
            if (c == escape)
            {
                if (position + 1 < text.Length)
                {
                    word.Append(text[++position]);
                }
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && (c is '"' or '\''))
            {
                quote = c;
            }
            else
            {
                word.Append(c);
            }
        }

        return word.ToString();
    }
}
