using System.Text;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// A character class of a pattern. Grammar: https://pkg.go.dev/path/filepath#Match. It may match a slash, since
/// BuildKit matches with a regular expression; <c>\d</c>, <c>\s</c> and <c>\w</c> mean what they mean there.
/// </summary>
internal sealed class GlobClass
{
    private readonly List<(int First, int Last)> ranges = [];
    private readonly List<char> sets = [];
    private bool negated;

    public bool Contains(Rune rune)
    {
        // Asked for each character of each path: without a closure.
        foreach (var (first, last) in ranges)
        {
            if (rune.Value >= first && rune.Value <= last)
            {
                return !negated;
            }
        }

        foreach (var set in sets)
        {
            if (IsIn(char.ToLowerInvariant(set), rune.Value) != char.IsUpper(set))
            {
                return !negated;
            }
        }

        return negated;
    }

    /// <summary>The class for an escaped letter outside brackets; null when the letter has no such meaning.</summary>
    public static GlobClass? ForLetter(char letter)
    {
        var result = new GlobClass();
        return result.TryAddSet(letter) ? result : null;
    }

    /// <summary>Reads a class; the position is after the opening bracket and then after the closing one.</summary>
    /// <returns>Null when it is malformed.</returns>
    public static GlobClass? TryRead(string pattern, ref int position, bool escapes)
    {
        var result = new GlobClass();
        if (position < pattern.Length && pattern[position] == '^')
        {
            result.negated = true;
            position++;
        }

        for (var count = 0; position < pattern.Length; count++)
        {
            if (pattern[position] == ']' && count > 0)
            {
                position++;
                return result;
            }

            if (escapes && pattern[position] == '\\' && position + 1 < pattern.Length && result.TryAddSet(pattern[position + 1]))
            {
                position += 2;
                continue;
            }

            if (Character(pattern, ref position, escapes) is not { } first)
            {
                return null;
            }

            var last = first;
            if (position < pattern.Length && pattern[position] == '-')
            {
                position++;
                if (Character(pattern, ref position, escapes) is not { } end || end < first)
                {
                    return null;
                }

                last = end;
            }

            result.ranges.Add((first, last));
        }

        return null;
    }

    private static int? Character(string pattern, ref int position, bool escapes)
    {
        if (position >= pattern.Length || pattern[position] is '-' or ']')
        {
            return null;
        }

        if (escapes && pattern[position] == '\\' && (++position == pattern.Length || char.IsAsciiLetterOrDigit(pattern[position])))
        {
            return null;
        }

        Rune.DecodeFromUtf16(pattern.AsSpan(position), out var rune, out var length);
        position += length;
        return rune.Value;
    }

    private bool TryAddSet(char letter)
    {
        var known = letter is 'd' or 'D' or 's' or 'S' or 'w' or 'W';
        if (known)
        {
            sets.Add(letter);
        }

        return known;
    }

    private static bool IsIn(char set, int value) => set switch
    {
        'd' => value is >= '0' and <= '9',
        's' => value is ' ' or '\t' or '\n' or '\f' or '\r',
        _ => value < 128 && (char.IsAsciiLetterOrDigit((char)value) || value == '_'),
    };
}
