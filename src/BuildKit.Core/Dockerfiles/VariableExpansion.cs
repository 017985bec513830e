using System.Text;

namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// Puts values in for <c>$NAME</c> and <c>${NAME}</c> and takes quotes away:
/// https://docs.docker.com/reference/dockerfile/#environment-replacement. Of the forms with an operator,
/// <c>-</c>, <c>+</c> and <c>?</c> (each with or without a colon) are known; the others stay as written.
/// </summary>
internal sealed class VariableExpansion
{
    /// <summary>Values nest (<c>${A:-${B}}</c>); a text made to exhaust the stack does not get further than this.</summary>
    private const int MaximumDepth = 32;

    // Values may double each other (ARG B=$A$A, ARG C=$B$B, ...): no text in a Dockerfile is as long as this.
    private const int MostCharacters = 100_000;

    private readonly string text;
    private readonly char escape;
    private readonly Func<string, string?> lookup;
    private int position;
    private int depth;
    private long written;

    private VariableExpansion(string text, char escape, Func<string, string?> lookup) =>
        (this.text, this.escape, this.lookup) = (text, escape, lookup);

    /// <summary>
    /// Expands a text; the look-up gives null for a variable that is not set. What becomes much longer by it stays as it is written.
    /// </summary>
    public static string Expand(string text, char escape, Func<string, string?> lookup)
    {
        var expansion = new VariableExpansion(text, escape, lookup);
        var expanded = expansion.Read('\0');
        return expansion.written > MostCharacters ? text : expanded;
    }

    private string Read(char end)
    {
        var result = new StringBuilder();
        var quote = '\0';
        while (position < text.Length && (quote != '\0' || end == '\0' || text[position] != end))
        {
            var c = text[position++];
            if (c == escape && quote != '\'' && position < text.Length)
            {
                result.Append(text[position++]);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && (c is '"' or '\''))
            {
                quote = c;
            }
            else if (c == '$' && quote != '\'')
            {
                var value = Variable();
                written += value.Length;
                result.Append(written > MostCharacters ? "" : value);
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>What stands for the variable whose dollar sign was just read.</summary>
    private string Variable()
    {
        var start = position - 1;
        var braced = position < text.Length && text[position] == '{';
        position += braced ? 1 : 0;
        var name = Name();
        if (!braced)
        {
            return name.Length == 0 ? "$" : lookup(name) ?? "";
        }

        if (name.Length > 0 && position < text.Length && depth < MaximumDepth)
        {
            if (text[position] == '}')
            {
                position++;
                return lookup(name) ?? "";
            }

            var colon = text[position] == ':' ? 1 : 0;
            if (position + colon < text.Length && (text[position + colon] is '-' or '+' or '?'))
            {
                var operation = text[position + colon];
                position += colon + 1;
                depth++;
                var word = Read('}');
                depth--;
                position++;
                return Choose(lookup(name), operation, emptyCountsAsUnset: colon == 1, word);
            }
        }

        var close = text.IndexOf('}', start);
        position = close < 0 ? text.Length : close + 1;
        return text[start..position];
    }

    private static string Choose(string? value, char operation, bool emptyCountsAsUnset, string word)
    {
        var isSet = emptyCountsAsUnset ? !string.IsNullOrEmpty(value) : value is not null;
        return operation switch
        {
            '-' => isSet ? value! : word,
            '+' => isSet ? word : "",
            _ => value ?? "",
        };
    }

    private string Name()
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        return text[start..position];
    }
}
