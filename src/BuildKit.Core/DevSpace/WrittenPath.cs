using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DevSpace;

/// <summary>Paths and names as files write them.</summary>
internal static partial class WrittenPath
{
    /// <summary>The full path.</summary>
    /// <param name="folder">Full path of the folder it is relative to.</param>
    /// <param name="path">The path; back-slashes are read as slashes.</param>
    /// <param name="at">Where it is written.</param>
    /// <exception cref="DiagnosticException">BK6104: it cannot be one, for example because of a NUL character.</exception>
    public static string Full(string folder, string path, SourceLocation at)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(folder, path.Replace('\\', '/')));
        }
        catch (Exception failure) when (failure is ArgumentException or IOException or NotSupportedException)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.WrongKind.At(at, "A path", "a path",
                $"\"{path.Replace("\0", "\\0", StringComparison.Ordinal)}\""));
        }
    }

    /// <summary>Whether an image may be called so: files of ours get the name.</summary>
    public static bool IsName(string name) => NameForm().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex NameForm();
}
