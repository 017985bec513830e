using System.IO.Enumeration;

namespace BuildKit.Core.Systems;

/// <summary>
/// What is there under exactly a name. In an image and in BuildKit the case of letters counts, on volumes of Windows and macOS
/// it does not: there a file is found that a container does not find.
/// </summary>
internal static class ExactPath
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>Whether a folder has a file of a relative path with slashes, spelled so.</summary>
    public static bool IsFile(string folder, string path) => File.Exists(Path.Combine(folder, path)) && Names(folder, path);

    /// <summary>Whether a folder has an entry of a name, spelled so.</summary>
    public static bool HasName(string folder, string name) =>
        Path.Exists(Path.Join(folder, name)) && (OperatingSystem.IsLinux() || IsListed(folder, name));

    private static bool Names(string folder, string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return true;
        }

        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name is not ("." or "..") && !IsListed(folder, name))
            {
                return false;
            }

            folder = Path.Combine(folder, name);
        }

        return true;
    }

    private static bool IsListed(string folder, string name) =>
        new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.FileName.SequenceEqual(name),
        }.Any();
}
