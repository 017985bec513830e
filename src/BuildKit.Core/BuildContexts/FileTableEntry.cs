namespace BuildKit.Core.BuildContexts;

/// <summary>What a table knows of one file.</summary>
/// <param name="Stamp">What the file system said of it.</param>
/// <param name="Hash">Its content.</param>
/// <param name="HiddenChanges">
/// How often the content changed while size, mode and time of modification stayed: BuildKit compares these alone before it
/// asks for a file (https://github.com/tonistiigi/fsutil/blob/master/diff_containerd.go), so it may have an earlier content.
/// </param>
internal readonly record struct FileTableEntry(FileStamp Stamp, byte[] Hash, int HiddenChanges = 0);
