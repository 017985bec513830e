using System.Globalization;
using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Processes;

/// <summary>
/// How long a command line may be: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw
/// (all of it), https://man7.org/linux/man-pages/man2/execve.2.html (each argument). What is longer ends in a message of
/// the system that names no cause.
/// </summary>
internal static class CommandLineLimit
{
    // 32,767 characters with the zero at the end.
    private const int OfWindows = 32_766;

    // MAX_ARG_STRLEN with the zero at the end, in bytes.
    private const int OfLinuxArgument = 131_071;

    /// <summary>Whether one more argument of some length leaves room for the rest of a build's command.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="system">The system.</param>
    public static bool LeavesRoom(string argument, HostSystem system) =>
        system == HostSystem.Windows ? Quoted(argument) < OfWindows / 2 : Encoding.UTF8.GetByteCount(argument) <= OfLinuxArgument;

    /// <summary>Refuses a command that the system would not start.</summary>
    /// <exception cref="DiagnosticException">BK1037.</exception>
    public static void Check(string program, IEnumerable<string> arguments, HostSystem system)
    {
        var all = arguments.ToList();
        if (system == HostSystem.Windows ? Quoted(program) + all.Sum(argument => Quoted(argument) + 1) <= OfWindows
            : all.TrueForAll(argument => LeavesRoom(argument, system)))
        {
            return;
        }

        var longest = all.MaxBy(argument => argument.Length)!;
        // The beginning says which it is; a value may be a secret of somebody who uses a build argument for one.
        var name = longest.Length > 24 ? longest[..Math.Clamp(longest.IndexOf('=', StringComparison.Ordinal) + 1, 0, 24)] : longest;
        throw new DiagnosticException(EngineDiagnostics.CommandLineTooLong.With(
            string.Create(CultureInfo.InvariantCulture, $"{all.Sum(argument => (long)argument.Length):N0}"),
            system == HostSystem.Windows ? "Windows takes 32,767 for a whole command" : "131,071 bytes is the most for one argument",
            name.Length > 0 ? $"{name}..." : "the longest argument",
            string.Create(CultureInfo.InvariantCulture, $"{longest.Length:N0}")));
    }

    // With the quotes, and a back-slash before each quote, that Windows programs expect.
    private static int Quoted(string argument) =>
        argument.Length + 2 + argument.Count(character => character is '"' or '\\');
}
