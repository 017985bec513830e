namespace BuildKit.Core.BuildContexts;

/// <summary>What an entry of a folder is.</summary>
internal enum FileKind
{
    /// <summary>A file with content.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link; it is sent as a link and not followed.</summary>
    SymbolicLink,

    /// <summary>A socket, pipe or device.</summary>
    Other,

    /// <summary>Something that cannot be read, so nothing can be said about its content.</summary>
    Unreadable,
}
