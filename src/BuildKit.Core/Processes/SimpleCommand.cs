using System.Text;

namespace BuildKit.Core.Processes;

/// <summary>A line of shell that is a program and its arguments and nothing else, so that it needs no shell.</summary>
internal static class SimpleCommand
{
    // Each of them means something to a shell outside of quotes.
    private const string Special = "$`\\|&;<>(){}*?[]~#!=\n\r";

    // Inside of double quotes.
    private const string SpecialInQuotes = "$`\\!";

    // What a shell does itself, and no program.
    private static readonly string[] BuiltIn =
        ["cd", "echo", "printf", "export", "set", "if", "for", "while", "case", "test", "true", "false", "exit", "eval", "source", ".", ":"];

    /// <summary>Splits a line into words.</summary>
    /// <returns>The words; null when it takes a shell to run it.</returns>
    public static string[]? TrySplit(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var text = line.Trim();
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is '\'' or '"')
            {
                var end = text.IndexOf(character, at + 1);
                if (end < 0 || (character == '"' && text.AsSpan(at + 1, end - at - 1).IndexOfAny(SpecialInQuotes) >= 0))
                {
                    return null;
                }

                (word ??= new StringBuilder()).Append(text, at + 1, end - at - 1);
                at = end;
            }
            else if (character is ' ' or '\t')
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                    word = null;
                }
            }
            else if (Special.Contains(character, StringComparison.Ordinal) && !(character == '=' && words.Count > 0))
            {
                return null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(character);
            }
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return words.Count > 0 && words[0].Length > 0 && !BuiltIn.Contains(words[0]) ? [.. words] : null;
    }
}
