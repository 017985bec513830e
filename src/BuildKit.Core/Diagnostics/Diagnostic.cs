using System.Globalization;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Diagnostics;

/// <summary>How serious a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Reported once in the log; nothing is wrong with the result.</summary>
    Message,

    /// <summary>The build goes on; a user can silence it by its code (<c>NoWarn</c>).</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}

/// <summary>An entry of the catalogue: one thing that can be wrong, reported the same way each time.</summary>
/// <param name="Code"><c>BK</c> and four digits; never used again for something else.</param>
/// <param name="Severity">Severity unless the user's settings change it.</param>
/// <param name="Title">A few words, the heading of the entry in the diagnostics page.</param>
/// <param name="MessageFormat">What failed, why, and what to do; a composite format string (<c>{0}</c>), in which
/// <c>{system}</c> stands for <see cref="DiagnosticDescriptor.BySystem"/>.</param>
/// <param name="Cause">Why it happens, for the diagnostics page.</param>
/// <param name="Remedy">What to do, for the diagnostics page.</param>
public sealed record DiagnosticDescriptor(
    string Code,
    DiagnosticSeverity Severity,
    string Title,
    string MessageFormat,
    string Cause,
    string Remedy)
{
    /// <summary>Whether a message is one that everyone sees; others are shown with <c>-v:n</c> in plain output. Default: false.</summary>
    public bool ShownByDefault { get; init; }

    /// <summary>The part of the message that is another on each system; null without one.</summary>
    public Func<HostSystem, string>? BySystem { get; init; }

    /// <summary>Makes a diagnostic of this kind.</summary>
    /// <param name="location">Where; null when no file is concerned.</param>
    /// <param name="arguments">Values for <see cref="MessageFormat"/>.</param>
    public Diagnostic At(SourceLocation? location, params object?[] arguments) => On(HostSystems.Current, location, arguments);

    /// <summary>Makes a diagnostic of this kind as another system shows it.</summary>
    internal Diagnostic On(HostSystem system, SourceLocation? location, params object?[] arguments)
    {
        var format = BySystem is null ? MessageFormat : MessageFormat.Replace("{system}", BySystem(system), StringComparison.Ordinal);
        return new Diagnostic(this, string.Format(CultureInfo.InvariantCulture, format, WithoutFullStops(format, arguments)), location);
    }

    // What an engine or a registry says ends with a full stop now and then, and the sentence around it goes on.
    private static object?[] WithoutFullStops(string format, object?[] arguments) => [.. arguments.Select((argument, index) =>
        argument is string text && text.EndsWith('.') && !text.EndsWith("..", StringComparison.Ordinal) && IsFollowed(format, index)
            ? text[..^1] : argument)];

    private static bool IsFollowed(string format, int index)
    {
        string Place(char next) => string.Create(CultureInfo.InvariantCulture, $"{{{index}}}{next}");
        return ".,;:)".Any(next => format.Contains(Place(next), StringComparison.Ordinal));
    }

    /// <summary>Makes a diagnostic of this kind that belongs to no file.</summary>
    /// <param name="arguments">Values for <see cref="MessageFormat"/>.</param>
    public Diagnostic With(params object?[] arguments) => At(null, arguments);
}

/// <summary>One thing that is wrong, here and now.</summary>
/// <param name="Descriptor">Its catalogue entry.</param>
/// <param name="Message">The whole text, ready to show; lines are separated by <c>\n</c>.</param>
/// <param name="Location">Where; null when no file is concerned.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string Message, SourceLocation? Location)
{
    /// <summary>The severity to report it with.</summary>
    public DiagnosticSeverity Severity { get; init; } = Descriptor.Severity;

    /// <summary>A page that explains it; null stands for the place of <see cref="DiagnosticDescriptor.Code"/> on <see cref="HelpPage"/>.</summary>
    public string? HelpLink { get; init; }

    /// <summary>The code of the catalogue entry.</summary>
    public string Code => Descriptor.Code;
}
