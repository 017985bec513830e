using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DevSpace;

/// <summary>What kind of place the value of a variable comes from.</summary>
internal enum OriginKind
{
    /// <summary>The file itself.</summary>
    File,

    /// <summary>An item of the project.</summary>
    Project,

    /// <summary>The environment, an environment file, or the command line.</summary>
    Outside,

    /// <summary>Something that is another value with each build or commit.</summary>
    Changing,

    /// <summary>The output of a command.</summary>
    Command,
}

/// <summary>Where the value of a variable comes from.</summary>
/// <param name="Name">Name of the variable; empty for a command in a value.</param>
/// <param name="Kind">What kind of place it is.</param>
/// <param name="IsSecret">Whether the file calls it a password.</param>
/// <param name="Default">What the file has when the value is not given; null when it has nothing.</param>
internal sealed record VariableOrigin(string Name, OriginKind Kind, bool IsSecret = false, string? Default = null);

/// <summary>A piece of a text that variables were filled into.</summary>
/// <param name="Text">The piece.</param>
/// <param name="Origin">Where it comes from; null for what is written there.</param>
internal sealed record TextPart(string Text, VariableOrigin? Origin = null);

/// <summary>A text of the file that has pieces from elsewhere.</summary>
/// <param name="Path">Keys that lead to it, with dots between: <c>images.api.tags</c>.</param>
/// <param name="Location">Where it is written.</param>
/// <param name="Parts">Its pieces in order.</param>
internal sealed record FilledText(string Path, SourceLocation Location, IReadOnlyList<TextPart> Parts)
{
    /// <summary>The whole text.</summary>
    public string Text => string.Concat(Parts.Select(part => part.Text));
}
