namespace BuildKit.Core.Diagnostics;

/// <summary>How much a message matters; maps to MSBuild's importance.</summary>
public enum MessageLevel
{
    /// <summary>Shown with <c>-v:d</c>.</summary>
    Detail,

    /// <summary>Shown with <c>-v:n</c> in plain output.</summary>
    Normal,

    /// <summary>Shown by default, except by MSBuild's terminal logger, which shows no message of a task.</summary>
    Important,

    /// <summary>
    /// What a target that was called by name has to say. All such texts of a task become the project's result when it ends,
    /// the first one its first line; every logger shows a result.
    /// </summary>
    Result,
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
