namespace BuildKit.Core.BuildContexts;

/// <summary>Takes a pattern apart with the rules of https://github.com/moby/patternmatcher.</summary>
internal static class GlobReader
{
    /// <summary>The parts of a pattern; null when it is malformed.</summary>
    /// <param name="pattern">Pattern with forward slashes.</param>
    /// <param name="escapes">Whether a backslash escapes: not on Windows, where it divides folders.</param>
    public static List<GlobToken>? TryRead(string pattern, bool escapes)
    {
        var tokens = new List<GlobToken>();
        var position = 0;
        while (position < pattern.Length)
        {
            var start = position;
            var c = pattern[position++];
            if (c == '*')
            {
                tokens.Add(Star(pattern, ref position));
            }
            else if (c == '?')
            {
                tokens.Add(new GlobToken(GlobTokenKind.AnyCharacter));
            }
            else if (c == '^')
            {
                tokens.Add(new GlobToken(GlobTokenKind.Start));
            }
            else if (c == '[')
            {
                if (GlobClass.TryRead(pattern, ref position, escapes) is not { } set)
                {
                    return null;
                }

                tokens.Add(new GlobToken(GlobTokenKind.Class, Class: set));
            }
            else if (c == '\\' && escapes)
            {
                if (Escaped(pattern, ref position) is not { } token)
                {
                    return null;
                }

                tokens.Add(token);
            }
            else
            {
                while (position < pattern.Length && !IsSpecial(pattern[position], escapes))
                {
                    position++;
                }

                tokens.Add(new GlobToken(GlobTokenKind.Literal, pattern[start..position]));
            }
        }

        return tokens;
    }

    /// <summary>Whether a character of a pattern is more than itself.</summary>
    public static bool IsSpecial(char c, bool escapes) => c is '*' or '?' or '^' or '[' || (c == '\\' && escapes);

    private static GlobToken Star(string pattern, ref int position)
    {
        if (position == pattern.Length || pattern[position] != '*')
        {
            return new GlobToken(GlobTokenKind.AnyInFolder);
        }

        position++;
        // The slash after two stars belongs to them: a/**/b matches a/b.
        position += position < pattern.Length && pattern[position] == '/' ? 1 : 0;
        return new GlobToken(position == pattern.Length ? GlobTokenKind.Anything : GlobTokenKind.AnyFolders);
    }

    private static GlobToken? Escaped(string pattern, ref int position)
    {
        if (position == pattern.Length)
        {
            return null;
        }

        var c = pattern[position++];
        if (!char.IsAsciiLetterOrDigit(c))
        {
            return new GlobToken(GlobTokenKind.Literal, c.ToString());
        }

        // Letters keep the meaning that they have in BuildKit's regular expression; the rest of them are errors there.
        return GlobClass.ForLetter(c) is { } set ? new GlobToken(GlobTokenKind.Class, Class: set) : null;
    }
}
