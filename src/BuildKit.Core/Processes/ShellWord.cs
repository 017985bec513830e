namespace BuildKit.Core.Processes;

/// <summary>A word of a command that people or other programs run in a POSIX shell; we ourselves run none.</summary>
internal static class ShellWord
{
    /// <summary>The word as it is when no character of it means anything to the shell, else in quotes.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:=,@+".Contains(character, StringComparison.Ordinal))
            ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
