using System.Net.Sockets;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Xml;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Engines;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Builds;

/// <summary>
/// Tells a fault of the machine that nobody nearer to it could name (a disk, a permission, a connection, a damaged file)
/// from a mistake of our own.
/// </summary>
public static class MachineFault
{
    // ENOSPC, and EDQUOT of Linux and macOS.
    private static readonly int[] NoRoomOnUnix = [28, 122, 69];

    // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED.
    private static readonly int[] NoRoomOnWindows = [39, 112, 1295];

    /// <summary>The diagnostic of such a fault.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="task">What failed, for the message.</param>
    /// <param name="location">The project.</param>
    /// <returns>Null when it is none: then the mistake is ours.</returns>
    public static Diagnostic? Of(Exception failure, string task, SourceLocation location)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure is AggregateException { InnerExceptions: [var only] })
        {
            return Of(only, task, location);
        }

        var descriptor = failure switch
        {
            RegistryException or EngineException or HttpRequestException or SocketException => MachineDiagnostics.NetworkFailed,
            IOException when Inner<SocketException>(failure) is not null => MachineDiagnostics.NetworkFailed,
            IOException when IsNoRoom(failure.HResult) => MachineDiagnostics.NoRoom,
            IOException or UnauthorizedAccessException or SecurityException => MachineDiagnostics.FileUnusable,
            JsonException or XmlException or InvalidDataException or DecoderFallbackException => MachineDiagnostics.FormUnreadable,
            _ => null,
        };
        return descriptor?.At(location, task, ReasonOf(failure));
    }

    private static bool IsNoRoom(int result) =>
        OperatingSystem.IsWindows() ? NoRoomOnWindows.Contains(result & 0xffff) : NoRoomOnUnix.Contains(result);

    // Some say a general thing, and their cause what is meant.
    private static string ReasonOf(Exception failure)
    {
        var reason = OneLine(failure.Message);
        var cause = failure.InnerException is { } inner ? OneLine(inner.Message) : "";
        var file = failure is FileNotFoundException { FileName: { Length: > 0 } name } && !reason.Contains(name, StringComparison.Ordinal)
            ? $" ({name})" : "";
        return cause.Length > 0 && !reason.Contains(cause, StringComparison.Ordinal) ? $"{reason}{file} ({cause})" : reason + file;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    private static T? Inner<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not (null or T))
        {
            failure = failure.InnerException;
        }

        return failure as T;
    }
}
