using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Writes the values of one image as MSBuild text: what came from outside as a property that reads it from there again,
/// what changes with each build as the function that makes it.
/// </summary>
/// <param name="image">The image, with the texts that something was filled into.</param>
/// <param name="properties">Gets the properties that the text refers to.</param>
/// <param name="sink">Gets BK6125.</param>
internal sealed class ImportedValues(DevSpaceImage image, ImportedProperties properties, IDiagnosticSink sink)
{
    /// <summary>Whether a value may not be written, because it is a credential by its name, its form or its definition.</summary>
    /// <param name="name">What the value is called.</param>
    /// <param name="value">The value.</param>
    /// <param name="paths">Ends of the paths at which it may be written.</param>
    public bool IsSecret(string name, string value, params string[] paths) =>
        LooksSecret(name, value) || (Find(value, paths) is { } text && Covering(text, value).Exists(part => IsSecret(part.Origin)));

    /// <summary>Whether a value is one variable of the environment, as a whole.</summary>
    public bool IsEnvironmentVariable(string name, string value, params string[] paths) =>
        Find(value, paths) is { Parts: [{ Origin: { Kind: OriginKind.Outside, Default: null } origin }] } && origin.Name == name;

    /// <summary>A value as MSBuild text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="paths">Ends of the paths at which it may be written.</param>
    public string Express(string value, params string[] paths)
    {
        if (Find(value, paths) is not { } text)
        {
            return MSBuildText.Escape(value);
        }

        var written = new System.Text.StringBuilder();
        foreach (var (part, piece) in Pieces(text, value))
        {
            written.Append(part.Origin is not { Kind: not OriginKind.File } origin ? MSBuildText.Escape(piece)
                : piece == part.Text ? properties.Reference(origin, part.Text, text.Location)
                : Frozen(origin, piece, text.Location));
        }

        return written.ToString();
    }

    /// <summary>A value that stays as it is now, for want of a place for anything else; it is reported.</summary>
    /// <param name="value">The value, which may be a path that was made of the text.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="paths">Ends of the paths at which it is written.</param>
    public void Freeze(string value, string what, params string[] paths)
    {
        bool IsIn(FilledText text) => value.Contains(text.Text.TrimEnd('/').Split('/')[^1], StringComparison.Ordinal);
        foreach (var text in image.Filled.Where(text => IsAt(text, paths) && IsIn(text)))
        {
            foreach (var origin in text.Parts.Select(part => part.Origin).Where(origin => origin is { Kind: not OriginKind.File }).Distinct())
            {
                sink.Report(DevSpaceDiagnostics.ImportedValue.At(
                    text.Location, ImportedProperties.NameOf(origin!), $"is a part of {what}",
                    "it is written as it is now; correct it when it is not for everybody"));
            }
        }
    }

    private string Frozen(VariableOrigin origin, string piece, SourceLocation at)
    {
        sink.Report(DevSpaceDiagnostics.ImportedValue.At(
            at, ImportedProperties.NameOf(origin), "is more than one setting",
            $"\"{piece}\" is written as it is now; correct it when it is not for everybody"));
        return MSBuildText.Escape(piece);
    }

    private FilledText? Find(string value, string[] paths)
    {
        var candidates = image.Filled.Where(text => IsAt(text, paths)).ToList();
        return candidates.Find(text => text.Text == value)
            ?? (value.Length == 0 ? null : candidates.Find(text => text.Text.Contains(value, StringComparison.Ordinal)));
    }

    private static bool IsAt(FilledText text, string[] paths) => paths.Any(path => text.Path.EndsWith(path, StringComparison.Ordinal));

    private static List<TextPart> Covering(FilledText text, string value) => [.. Pieces(text, value).Select(pair => pair.Part)];

    // The parts of the text that the value lies in, each with what of it does.
    private static IEnumerable<(TextPart Part, string Piece)> Pieces(FilledText text, string value)
    {
        var start = text.Text.IndexOf(value, StringComparison.Ordinal);
        var end = start + value.Length;
        var at = 0;
        foreach (var part in text.Parts)
        {
            var (from, to) = (Math.Max(start, at), Math.Min(end, at + part.Text.Length));
            if (from < to)
            {
                yield return (part, part.Text[(from - at)..(to - at)]);
            }

            at += part.Text.Length;
        }
    }

    /// <summary>Whether a variable is a credential by its definition or its name.</summary>
    public static bool IsSecret(VariableOrigin? origin) => origin is not null && (origin.IsSecret || LooksSecret(origin.Name, null));

    private static bool LooksSecret(string name, string? value) =>
        (value is not null && CredentialForm.IsIn(value))
        || new BuildArgument("x_" + name.Replace('.', '_').Replace('-', '_'), null).Validate(null) is not null;
}
