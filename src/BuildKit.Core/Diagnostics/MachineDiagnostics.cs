using BuildKit.Core.Systems;
using static BuildKit.Core.Diagnostics.DiagnosticSeverity;

namespace BuildKit.Core.Diagnostics;

/// <summary>BK106x: this machine's files, disks and network, wherever a build meets them.</summary>
internal static class MachineDiagnostics
{
    /// <summary>A file or folder that cannot be read or written.</summary>
    public static readonly DiagnosticDescriptor FileUnusable = new(
        "BK1060", Error, "A file or folder cannot be used",
        "The task {0} could not use a file or folder: {1}. Check that it is there, that this user may read and write it, and that no "
            + "other program holds it; then build again.",
        "Permissions, a read-only file system, a file where a folder should be, a path that went away during the build, or another program.",
        "Correct what the message names, then build again. Everything below `obj` can be deleted at any time.");

    /// <summary>A disk of this machine is full.</summary>
    public static readonly DiagnosticDescriptor NoRoom = new(
        "BK1061", Error, "A disk of this machine is full",
        "The task {0} found no room to write: {1}. {system}, then build again.",
        "The file system of `obj` or of the temporary folder has no blocks or inodes left, or the user's quota is used up.",
        "Free space on the file system that the message names.")
    {
        BySystem = SystemRemedies.FreeSpace,
    };

    /// <summary>A connection that broke where nobody expected it.</summary>
    public static readonly DiagnosticDescriptor NetworkFailed = new(
        "BK1062", Error, "The network failed",
        "The task {0} could not talk to another machine: {1}. Check the network, proxy and name that it uses, then build again.",
        "A connection was refused or broke, or a name does not resolve.",
        "Try the same address with another program on this machine; in CI, run the job again.");

    /// <summary>Text that is not in the form that it should have.</summary>
    public static readonly DiagnosticDescriptor FormUnreadable = new(
        "BK1063", Error, "A file or answer is damaged",
        "The task {0} read something that is not in its form: {1}. If a file of obj is damaged, \"dotnet clean\" removes it; then build again.",
        "A file that was cut off or changed by hand, or an answer that a proxy replaced.",
        "Run `dotnet clean`, then build again; with a proxy in between, look at what it answers.");

    /// <summary>What a build learned cannot be kept.</summary>
    public static readonly DiagnosticDescriptor NotRemembered = new(
        "BK1064", Message, "The result of a build is not remembered",
        "The image {0} is built, but its record could not be written ({1}); the next build of it starts from the beginning.",
        "The folder for our own files in `obj` is full or read-only.",
        "Make the folder writable, if the next build is to notice that nothing changed.")
    {
        ShownByDefault = true,
    };
}
