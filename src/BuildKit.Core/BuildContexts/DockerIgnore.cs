using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// What of a build context is not sent. Rules: https://docs.docker.com/build/concepts/context/#dockerignore-files, and in
/// detail https://github.com/moby/patternmatcher with the walk of https://github.com/tonistiigi/fsutil: the last line that
/// matches decides; a line that matches a directory counts for everything below it.
/// </summary>
internal sealed class DockerIgnore
{
    private readonly DockerIgnorePattern[] patterns;
    private readonly DockerIgnorePattern[] exceptions;

    private DockerIgnore(IEnumerable<DockerIgnorePattern> patterns, string? file)
    {
        this.patterns = [.. patterns];
        exceptions = [.. this.patterns.Where(pattern => pattern.IsException)];
        File = file;
    }

    /// <summary>Ignores nothing: for folders that are not a build context.</summary>
    public static DockerIgnore None { get; } = new([], null);

    /// <summary>File that the rules were read from; null when there was none.</summary>
    public string? File { get; }

    /// <summary>Reads rules from text.</summary>
    public static DockerIgnore Parse(string text) => Parse(text, file: null, escapes: !OperatingSystem.IsWindows());

    /// <summary>
    /// Reads the rules of a build: <c>&lt;Dockerfile&gt;.dockerignore</c> beside the Dockerfile when it exists, else
    /// <c>.dockerignore</c> in the context, else none. They are never joined.
    /// </summary>
    /// <exception cref="DiagnosticException">BK3019.</exception>
    public static DockerIgnore Load(string contextDirectory, string dockerfilePath)
    {
        return FileOf(contextDirectory, dockerfilePath) is not { } file ? None : Load(file);
    }

    /// <summary>Reads the rules of a file.</summary>
    /// <exception cref="DiagnosticException">BK3019: a line that no path can need, and that would take all time or memory.</exception>
    public static DockerIgnore Load(string file)
    {
        var text = System.IO.File.ReadAllText(file);
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (DockerIgnorePattern.IsBeyondLimits(line))
            {
                throw new DiagnosticException(DockerfileDiagnostics.IgnoreLineTooLong.At(
                    new SourceLocation(file, number), line.Length, line[..Math.Min(line.Length, 40)].ToString()));
            }
        }

        return Parse(text, file, escapes: !OperatingSystem.IsWindows());
    }

    /// <summary>The first line of a build's rules that is no pattern, by the rules of BuildKit itself, which runs on Linux.</summary>
    /// <returns>File, line and pattern; null when there is none, or no file that can be read.</returns>
    internal static (string File, int Line, string Pattern)? FindMalformed(string contextDirectory, string dockerfilePath)
    {
        if (FileOf(contextDirectory, dockerfilePath) is not { } file)
        {
            return null;
        }

        try
        {
            var number = 0;
            foreach (var line in System.IO.File.ReadLines(file))
            {
                number++;
                var text = line.TrimStart('\uFEFF').Trim();
                if (!line.StartsWith('#') && text.TrimStart('!').Trim().Length > 0 && DockerIgnorePattern.TryRead(text, escapes: true) is null)
                {
                    return (file, number, text);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // BuildKit could read it, so it is another one now.
        }

        return null;
    }

    /// <summary>Whether a path is left out.</summary>
    /// <param name="relativePath">Path relative to the context, with forward slashes.</param>
    public bool IsIgnored(string relativePath)
    {
        var parts = Parts(relativePath);
        bool[]? matched = null;
        var ignored = false;
        for (var i = 0; i < parts.Length; i++)
        {
            ignored = IsIgnored(string.Join('/', parts, 0, i + 1), matched, out matched);
        }

        return ignored;
    }

    /// <summary>Whether a directory is left out with everything below it: no later exception could match there.</summary>
    /// <param name="relativePath">Path relative to the context, with forward slashes.</param>
    public bool CanSkipDirectory(string relativePath) => IsIgnored(relativePath) && !CouldSendBelow(relativePath);

    /// <summary>Whether an exception names a file below a folder, or the folder, and not one above it: that one wants just this.</summary>
    /// <param name="parts">Path of the file, at its slashes.</param>
    /// <param name="depth">Which part is the folder.</param>
    internal bool WishesBelow(string[] parts, int depth) => Array.Exists(exceptions, pattern =>
        !pattern.MatchesAnything
        && Enumerable.Range(depth + 1, parts.Length - depth).Any(count => pattern.IsMatch(string.Join('/', parts, 0, count)))
        && !Enumerable.Range(1, depth).Any(count => pattern.IsMatch(string.Join('/', parts, 0, count))));

    /// <summary>Rules with the backslash of a given system, so that each can be tested on the other.</summary>
    internal static DockerIgnore Parse(string text, string? file, bool escapes) =>
        new(text.TrimStart('\uFEFF').Split('\n').Select(line => DockerIgnorePattern.TryRead(line, escapes)).OfType<DockerIgnorePattern>(), file);

    /// <summary>Whether an exception could match below a directory.</summary>
    internal bool CouldSendBelow(string relativePath)
    {
        if (exceptions.Length == 0)
        {
            return false;
        }

        var parts = Parts(relativePath);
        return Array.Exists(exceptions, pattern => pattern.CouldMatchBelow(parts));
    }

    /// <summary>
    /// The step of a walk: what matched the directory is handed on to what it holds. A line that could not change the
    /// answer is not tried and so not handed on; that is visible in rare orders of lines, and BuildKit does so too.
    /// </summary>
    internal bool IsIgnored(string path, bool[]? parentMatched, out bool[] matched)
    {
        matched = new bool[patterns.Length];
        var ignored = false;
        for (var i = 0; i < patterns.Length; i++)
        {
            var pattern = patterns[i];
            if (parentMatched?[i] == true || (pattern.IsException == ignored && pattern.IsMatch(path)))
            {
                matched[i] = true;
                ignored = !pattern.IsException;
            }
        }

        return ignored;
    }

    private static string? FileOf(string contextDirectory, string dockerfilePath) => Array.Find(
        [dockerfilePath + ".dockerignore", Path.Combine(contextDirectory, ".dockerignore")], System.IO.File.Exists);

    private static string[] Parts(string relativePath) =>
        SlashPath.InContext(relativePath) is { Length: > 0 } path ? path.Split('/') : [];
}
