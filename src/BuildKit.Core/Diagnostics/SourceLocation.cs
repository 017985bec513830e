namespace BuildKit.Core.Diagnostics;

/// <summary>A place in a file that a diagnostic points at.</summary>
/// <param name="File">Full path of the file.</param>
/// <param name="Line">First line, counted from 1; 0 when only the file is known.</param>
/// <param name="Column">First column, counted from 1; 0 when only the line is known.</param>
/// <param name="EndLine">Last line, counted from 1; 0 when the place is one line.</param>
public sealed record SourceLocation(string File, int Line = 0, int Column = 0, int EndLine = 0);
