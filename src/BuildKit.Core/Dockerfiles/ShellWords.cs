namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// Splits at white space outside quotes and takes quotes away, as the Dockerfile's own shell lexer does
/// (https://github.com/moby/buildkit/tree/master/frontend/dockerfile/shell).
/// </summary>
internal static class ShellWords
{
    /// <summary>The words as written, quotes and escapes kept.</summary>
    public static List<string> Split(string text, char escape = '\\')
    {
        var words = new List<string>();
        var start = -1;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (start >= 0)
                {
                    words.Add(text[start..i]);
                    start = -1;
                }

                continue;
            }

            start = start < 0 ? i : start;
            if (c == escape && quote != '\'')
            {
                i++;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
        }

        if (start >= 0)
        {
            words.Add(text[start..]);
        }

        return words;
    }

    /// <summary>The word without its quotes and escapes; variables stay.</summary>
    public static string Unquote(string word, char escape = '\\')
    {
        var result = new System.Text.StringBuilder(word.Length);
        var quote = '\0';
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (c == escape && quote != '\'' && i + 1 < word.Length)
            {
                // Between double quotes only these lose the escape; before anything else it is a character like others.
                if (quote == '"' && word[i + 1] != '"' && word[i + 1] != '$' && word[i + 1] != escape)
                {
                    result.Append(c);
                }

                result.Append(word[++i]);
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
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
