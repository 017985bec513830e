using System.Globalization;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Projects;

/// <summary>Reads a property that is a time.</summary>
internal static class TimeSetting
{
    /// <summary>Reads seconds (<c>600</c>) or <c>hh:mm:ss</c>.</summary>
    /// <param name="property">Name of the property, for messages.</param>
    /// <param name="value">Its value; empty means not set.</param>
    /// <param name="location">The project, for diagnostics.</param>
    /// <returns>Null when it is not set.</returns>
    /// <exception cref="DiagnosticException">BK1033: no time.</exception>
    public static TimeSpan? Read(string property, string value, SourceLocation? location)
    {
        var text = ValueList.Unquote(value);
        return text.Length == 0 ? null
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e8
                ? TimeSpan.FromSeconds(seconds)
            : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
                && time >= TimeSpan.Zero ? time
            : throw new DiagnosticException(BuilderDiagnostics.TimeNotAccepted.At(
                location is null ? null : ProjectFileLocation.Of(location.File, property), property, value));
    }
}
