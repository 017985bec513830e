using System.Globalization;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Systems;

namespace BuildKit.Core.PublishOutputs;

/// <summary>A file that goes into an image of published files besides those: an item <c>BuildKitCopy</c>, or a file of one.</summary>
/// <param name="Source">Full path of the file.</param>
/// <param name="Folder">Its folder in the image, with a slash at both ends.</param>
/// <param name="Name">Its name in that folder, with <c>/</c> when it lies deeper.</param>
/// <param name="Mode">Permissions in octal, for example <c>0640</c>; empty makes it readable, and programs executable.</param>
/// <param name="Owner">User, or user and group with a colon; empty for root.</param>
public sealed record CopiedFile(string Source, string Folder, string Name, string Mode, string Owner)
{
    /// <summary>Its full path in the image.</summary>
    public string Path => Folder + Name;

    /// <summary>The permissions; null when the item does not say.</summary>
    public UnixFileMode? Permissions => Mode.Length == 0 ? null
        : (UnixFileMode)Convert.ToInt32(Mode, 8);
}

/// <summary>Copied files that one ADD lays into the image.</summary>
/// <param name="Folder">Folder in the image.</param>
/// <param name="Owner">Owner of the files; empty for root.</param>
/// <param name="Chmod">Permissions that the instruction has to set, because the machine that builds has none.</param>
/// <param name="Linked">
/// Whether they can be a layer of their own on top of any base. Only in the application's folder: a system folder may be
/// a link or have a mode in the base, which such a layer would replace; and names of users are in the base's files.
/// </param>
/// <param name="Files">The files.</param>
internal sealed record CopyGroup(string Folder, string Owner, string Chmod, bool Linked, IReadOnlyList<CopiedFile> Files)
{
    /// <summary>Whether an archive brings them, which says modes and owner itself.</summary>
    public bool Archived { get; init; }

    /// <summary>The groups of an image, in order.</summary>
    /// <param name="output">What the project says.</param>
    /// <param name="system">The system that stages them. Windows has no modes, and no archive can have an owner by name.</param>
    public static IReadOnlyList<CopyGroup> Of(PublishOutput output, HostSystem system)
    {
        var own = output.Config.WorkingDirectory.TrimEnd('/') + "/";
        return [.. output.Copies
            .GroupBy(file => (file.Folder, file.Owner, Chmod: system == HostSystem.Windows && !IsOfNumbers(file.Owner) ? file.Mode : ""))
            .Select(group => new CopyGroup(
                group.Key.Folder, group.Key.Owner, group.Key.Chmod,
                ImageFolder.IsOwn(own) && group.Key.Folder.StartsWith(own, StringComparison.Ordinal) && IsOfNumbers(group.Key.Owner),
                [.. group])
            {
                Archived = system == HostSystem.Windows && IsOfNumbers(group.Key.Owner),
            })];
    }

    /// <summary>The instruction. It names the owner of an archive as well, because it stands in the image's history.</summary>
    /// <param name="source">Archive or folder in the context.</param>
    public string Instruction(string source) =>
        "ADD " + (Linked ? "--link " : "") + Flags(Chmod, Owner) + DockerfileWords.List([source, Folder]);

    private static bool IsOfNumbers(string owner) =>
        owner.Length == 0 || owner.Split(':').All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>The flags of a COPY that sets mode and owner.</summary>
    public static string Flags(string mode, string owner) =>
        (mode.Length > 0 ? $"--chmod={mode} " : "") + (owner.Length > 0 ? $"--chown={owner} " : "");
}
