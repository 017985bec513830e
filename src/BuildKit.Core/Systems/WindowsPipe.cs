using System.Runtime.InteropServices;

namespace BuildKit.Core.Systems;

/// <summary>Named pipes, as far as .NET does not tell about them: it waits for one that does not exist as for one that is busy.</summary>
internal static partial class WindowsPipe
{
    private const int NotFound = 2;

    /// <summary>Whether somebody made a pipe of this name; connects to nothing. Elsewhere than on Windows this is not known.</summary>
    public static bool MayExist(string name) =>
        !OperatingSystem.IsWindows() || WaitNamedPipe(@"\\.\pipe\" + name, 1) || Marshal.GetLastPInvokeError() != NotFound;

    [LibraryImport("kernel32", EntryPoint = "WaitNamedPipeW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool WaitNamedPipe(string name, uint milliseconds);
}
