namespace BuildKit.Core.BuildContexts;

/// <summary>One line of a .dockerignore file, with the rules of https://github.com/moby/patternmatcher.</summary>
internal sealed class DockerIgnorePattern
{
    // A path of Linux has no more characters, and matching goes one level deeper with each wildcard.
    private const int MostCharacters = 4096;
    private const int MostWildcards = 64;

    private readonly Func<string, bool> matches;
    private readonly string[] leadingFolders;
    private readonly bool isPlain;

    private DockerIgnorePattern(string text, bool isException, Func<string, bool> matches, bool escapes)
    {
        IsException = isException;
        MatchesAnything = text.All(c => c is '*' or '/' or '.');
        this.matches = matches;
        var parts = text.Split('/');
        leadingFolders = [.. parts.TakeWhile(part => !part.Any(c => GlobReader.IsSpecial(c, escapes)))];
        isPlain = leadingFolders.Length == parts.Length;
    }

    /// <summary>Whether the line begins with an exclamation mark: what it matches is sent after all.</summary>
    public bool IsException { get; }

    /// <summary>Whether it is made of stars: then it means nothing in particular.</summary>
    public bool MatchesAnything { get; }

    /// <summary>Whether a line is longer or has more wildcards than any path can need.</summary>
    public static bool IsBeyondLimits(ReadOnlySpan<char> line)
    {
        var wildcards = 0;
        foreach (var character in line)
        {
            wildcards += character is '*' or '?' or '[' ? 1 : 0;
        }

        return !line.StartsWith("#") && (line.Length > MostCharacters || wildcards > MostWildcards);
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">Line without its line break.</param>
    /// <param name="escapes">Whether a backslash escapes (Linux, macOS) or divides folders (Windows).</param>
    /// <returns>
    /// Null for comments, empty lines, lines beyond the limits, and malformed patterns, which BuildKit refuses with an error of its own.
    /// </returns>
    public static DockerIgnorePattern? TryRead(string line, bool escapes)
    {
        // Only in the first column is it a comment; " #x" is a name.
        var text = line.StartsWith('#') ? "" : line.Trim();
        var isException = text.StartsWith('!');
        text = (isException ? text[1..] : text).Trim();
        if (text.Length == 0 || IsBeyondLimits(text))
        {
            return null;
        }

        text = SlashPath.Clean(escapes ? text : text.Replace('\\', '/'));
        text = text.Length > 1 && text[0] == '/' ? text[1..] : text;
        return Matcher(text, escapes) is { } matches ? new DockerIgnorePattern(text, isException, matches, escapes) : null;
    }

    /// <summary>Whether the pattern matches this path itself; folders above it are the caller's matter.</summary>
    public bool IsMatch(string path) => matches(path);

    /// <summary>Whether the pattern could match something below a directory: no when their leading folders differ.</summary>
    public bool CouldMatchBelow(string[] directory)
    {
        var common = Math.Min(leadingFolders.Length, directory.Length);
        return leadingFolders.AsSpan(0, common).SequenceEqual(directory.AsSpan(0, common))
            && (!isPlain || leadingFolders.Length > directory.Length);
    }

    private static Func<string, bool>? Matcher(string text, bool escapes)
    {
        if (GlobReader.TryRead(text, escapes) is not { } tokens)
        {
            return null;
        }

        // The forms that nearly all patterns have need no search.
        var rest = text.TrimStart('*');
        if (!text.Any(c => GlobReader.IsSpecial(c, escapes) && c != '^'))
        {
            return path => path == text;
        }

        if (text.Length - rest.Length == 2 && !rest.Any(c => GlobReader.IsSpecial(c, escapes) && c != '^'))
        {
            // "**/x" is x at any depth; "**x" is everything that ends in x.
            return path => path.EndsWith(rest, StringComparison.Ordinal) || (rest.StartsWith('/') && path.AsSpan().SequenceEqual(rest.AsSpan(1)));
        }

        // "*" alone has one character only.
        var beginning = text[..Math.Max(text.Length - 2, 0)];
        if (text.EndsWith("**", StringComparison.Ordinal) && !beginning.Any(c => GlobReader.IsSpecial(c, escapes) && c != '^'))
        {
            return path => path.StartsWith(beginning, StringComparison.Ordinal);
        }

        if (tokens[0].Kind == GlobTokenKind.AnyFolders && new Glob(tokens[1..]) is { CanMatchSlash: false } name)
        {
            // "**/*.x": only the last part of the path can match what follows.
            return path => name.IsMatch(path.AsSpan(path.LastIndexOf('/') + 1));
        }

        var glob = new Glob(tokens);
        return path => glob.IsMatch(path);
    }
}
