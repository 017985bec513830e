using System.Buffers;
using System.Text;

namespace BuildKit.Core.BuildContexts;

/// <summary>Matches a whole path with the parts of a pattern.</summary>
internal sealed class Glob(IReadOnlyList<GlobToken> tokens)
{
    // What nearly every pattern needs for nearly every path.
    private const int OnStack = 1024;

    private readonly GlobToken[] tokens = [.. tokens];
    private readonly bool remembers = tokens.Count(token => token.Kind is not GlobTokenKind.Literal) > 3;

    /// <summary>Whether the pattern has a part that can match a slash.</summary>
    public bool CanMatchSlash { get; } = tokens.Any(token =>
        token.Kind is GlobTokenKind.AnyFolders or GlobTokenKind.Anything or GlobTokenKind.Class || token.Text.Contains('/'));

    public bool IsMatch(ReadOnlySpan<char> path)
    {
        // Many stars would try the same rest over and over; then failures are remembered.
        var size = remembers ? tokens.Length * (path.Length + 1) : 0;
        var rented = size > OnStack ? ArrayPool<bool>.Shared.Rent(size) : null;
        var failed = rented is null ? stackalloc bool[OnStack] : rented;
        failed = failed[..size];
        failed.Clear();
        try
        {
            return IsMatch(path, 0, 0, failed);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<bool>.Shared.Return(rented);
            }
        }
    }

    private bool IsMatch(ReadOnlySpan<char> path, int token, int position, Span<bool> failed)
    {
        while (token < tokens.Length)
        {
            var current = tokens[token];
            switch (current.Kind)
            {
                case GlobTokenKind.Literal:
                    if (!path[position..].StartsWith(current.Text, StringComparison.Ordinal))
                    {
                        return false;
                    }

                    position += current.Text.Length;
                    break;
                case GlobTokenKind.Start:
                    if (position > 0)
                    {
                        return false;
                    }

                    break;
                case GlobTokenKind.AnyCharacter or GlobTokenKind.Class:
                    if (!TryTakeOne(path, current, ref position))
                    {
                        return false;
                    }

                    break;
                case GlobTokenKind.Anything when token == tokens.Length - 1:
                    // A dot of BuildKit's regular expression is any character but a line break.
                    return path[position..].IndexOf('\n') < 0;
                default:
                    return IsStarMatch(path, token, position, failed);
            }

            token++;
        }

        return position == path.Length;
    }

    private static bool TryTakeOne(ReadOnlySpan<char> path, GlobToken token, ref int position)
    {
        if (position == path.Length)
        {
            return false;
        }

        Rune.DecodeFromUtf16(path[position..], out var rune, out var length);
        position += length;
        return token.Class?.Contains(rune) ?? rune.Value != '/';
    }

    /// <summary>Tries every length that a star may have.</summary>
    private bool IsStarMatch(ReadOnlySpan<char> path, int token, int position, Span<bool> failed)
    {
        if (!failed.IsEmpty && failed[(token * (path.Length + 1)) + position])
        {
            return false;
        }

        var kind = tokens[token].Kind;
        if (kind == GlobTokenKind.AnyInFolder && token >= tokens.Length - 2
            && (token == tokens.Length - 1 || tokens[^1].Kind == GlobTokenKind.Literal))
        {
            // "x*" and "*.x", the most frequent ends, need no search.
            var rest = path[position..];
            var end = token == tokens.Length - 2 ? tokens[^1].Text : "";
            return rest.EndsWith(end, StringComparison.Ordinal) && rest[..^end.Length].IndexOf('/') < 0;
        }

        if (IsMatch(path, token + 1, position, failed))
        {
            return true;
        }

        for (var i = position; i < path.Length && path[i] != (kind == GlobTokenKind.AnyInFolder ? '/' : '\n'); i++)
        {
            if ((kind == GlobTokenKind.AnyInFolder || path[i] == '/') && IsMatch(path, token + 1, i + 1, failed))
            {
                return true;
            }
        }

        if (!failed.IsEmpty)
        {
            failed[(token * (path.Length + 1)) + position] = true;
        }

        return false;
    }
}
