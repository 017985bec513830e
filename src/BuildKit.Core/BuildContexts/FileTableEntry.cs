namespace BuildKit.Core.BuildContexts;

/// <summary>What a table knows of one file.</summary>
internal readonly record struct FileTableEntry(FileStamp Stamp, byte[] Hash);
