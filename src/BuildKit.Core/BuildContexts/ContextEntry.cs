namespace BuildKit.Core.BuildContexts;

/// <summary>A file, directory or link of a build context.</summary>
/// <param name="Path">Path relative to the context, with forward slashes.</param>
/// <param name="FullPath">Path on this machine.</param>
/// <param name="Stamp">What the file system says about it.</param>
internal sealed record ContextEntry(string Path, string FullPath, FileStamp Stamp);
