namespace BuildKit.Core.Systems;

/// <summary>
/// How a system compares, splits and qualifies paths. Volumes of Windows and macOS keep the case of a name and find it by
/// any (as they are formatted unless somebody decides otherwise), so two spellings are one path there; on Windows both
/// slashes separate.
/// </summary>
internal sealed class PathRules
{
    private readonly HostSystem system;

    private PathRules(HostSystem system) => this.system = system;

    /// <summary>The rules of this machine.</summary>
    public static PathRules Here { get; } = Of(HostSystems.Current);

    /// <summary>Compares file names and full paths that have the same separators.</summary>
    public StringComparer Comparer => system == HostSystem.Linux ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The same for methods of <see cref="string"/>.</summary>
    public StringComparison Comparison => system == HostSystem.Linux ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>What stands between the entries of PATH.</summary>
    public char ListSeparator => system == HostSystem.Windows ? ';' : ':';

    /// <summary>What stands between folders in a path that this system writes.</summary>
    public char Separator => system == HostSystem.Windows ? '\\' : '/';

    /// <summary>The rules of a system.</summary>
    public static PathRules Of(HostSystem system) => new(system);

    /// <summary>The path as Dockerfiles and BuildKit write it. Elsewhere than on Windows a back-slash is part of a name.</summary>
    public string ToSlashes(string path) => system == HostSystem.Windows ? path.Replace('\\', '/') : path;

    /// <summary>Whether two full paths are one.</summary>
    public bool AreEqual(string one, string other) => Comparer.Equals(Plain(one), Plain(other));

    /// <summary>Whether a full path is a folder or lies below it.</summary>
    public bool IsWithin(string path, string folder) => Below(path, folder) is not null;

    /// <summary>A full path relative to a folder above it, with slashes and as it is spelled; empty for the folder, null outside of it.</summary>
    public string? Below(string path, string folder)
    {
        var (inner, outer) = (Plain(path), Plain(folder));
        return Comparer.Equals(inner, outer) ? ""
            : inner.StartsWith(outer.EndsWith('/') ? outer : outer + "/", Comparison) ? inner[outer.Length..].TrimStart('/')
            : null;
    }

    /// <summary>
    /// Whether a path says all of where it leads. On Windows <c>\usr\lib</c> does not: it is on whatever drive is current,
    /// where any user may make such a folder.
    /// </summary>
    public bool IsFullyQualified(string path) => system == HostSystem.Windows
        ? path.Length > 2 && (path[1] == ':' && char.IsAsciiLetter(path[0]) && path[2] is '\\' or '/'
            || path[0] is '\\' or '/' && path[1] is '\\' or '/')
        : path.StartsWith('/');

    /// <summary>Joins a folder and names as this system writes them.</summary>
    public string Join(string folder, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            folder = folder.Length == 0 || folder.EndsWith(Separator) || folder.EndsWith('/') ? folder + name : folder + Separator + name;
        }

        return folder;
    }

    // Slashes, and none at the end but a root's.
    private string Plain(string path)
    {
        var plain = ToSlashes(path);
        return plain.Length > 1 ? plain.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : plain;
    }
}
