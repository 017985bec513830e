using System.Globalization;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>
/// Which lines of a Dockerfile that we write are somebody else's: of another Dockerfile, or of the file that has it inline.
/// It stands beside the Dockerfile, so that what finds a fault there needs to know nothing of it.
/// </summary>
public static class DockerfileOrigin
{
    private const string Ending = ".origin";

    /// <summary>Lines that come from another file.</summary>
    /// <param name="First">The first line, from 1.</param>
    /// <param name="Count">How many lines there are.</param>
    /// <param name="File">Full path of the file that they come from.</param>
    /// <param name="Line">Line of the first one there.</param>
    /// <param name="IsOnePlace">Whether all of them come from that one line.</param>
    public sealed record Part(int First, int Count, string File, int Line, bool IsOnePlace = false);

    /// <summary>Writes the parts of a Dockerfile beside it.</summary>
    public static void Write(string dockerfile, IReadOnlyList<Part> parts) => File.WriteAllLines(dockerfile + Ending, parts.Select(part =>
        string.Create(CultureInfo.InvariantCulture, $"{part.First}\t{part.Count}\t{part.Line}\t{(part.IsOnePlace ? 1 : 0)}\t{part.File}")));

    /// <summary>The place as its writer knows it; the place itself when it is in no Dockerfile of ours.</summary>
    public static SourceLocation Of(SourceLocation place)
    {
        if (place.Line == 0 || place.File.Length == 0 || !File.Exists(place.File + Ending))
        {
            return place;
        }

        var part = Read(place.File).FirstOrDefault(candidate => place.Line >= candidate.First && place.Line < candidate.First + candidate.Count);
        if (part is null)
        {
            return place;
        }

        int At(int line) => part.IsOnePlace ? part.Line : line - part.First + part.Line;
        return new SourceLocation(part.File, At(place.Line), part.IsOnePlace ? 0 : place.Column, place.EndLine == 0 ? 0 : At(place.EndLine));
    }

    private static List<Part> Read(string dockerfile)
    {
        try
        {
            return [.. File.ReadLines(dockerfile + Ending).Select(line => line.Split('\t', 5)).Where(fields => fields.Length == 5)
                .Select(fields => new Part(Number(fields[0]), Number(fields[1]), fields[4], Number(fields[2]), fields[3] == "1"))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return [];
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
