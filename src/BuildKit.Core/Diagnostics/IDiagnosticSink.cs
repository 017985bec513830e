namespace BuildKit.Core.Diagnostics;

/// <summary>How much a message matters; maps to MSBuild's importance.</summary>
public enum MessageLevel
{
    /// <summary>Shown with <c>-v:d</c>.</summary>
    Detail,

    /// <summary>Shown with <c>-v:n</c>.</summary>
    Normal,

    /// <summary>Shown by default.</summary>
    Important,
}

/// <summary>Where the core sends what people are to read. Implementations must accept calls from any thread.</summary>
public interface IDiagnosticSink
{
    /// <summary>Reports something that is wrong.</summary>
    void Report(Diagnostic diagnostic);

    /// <summary>Whether reporting this ends in a failed build: an error, or a warning that the user made an error by its code.</summary>
    bool Fails(Diagnostic diagnostic);

    /// <summary>Reports what happens.</summary>
    void Message(MessageLevel level, string text);
}
