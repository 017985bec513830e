using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Finds and reads the files of a DevSpace project: the main one and those it names.</summary>
/// <param name="mainFile">Full path of the main file.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class DevSpaceFiles(string mainFile, IDiagnosticSink sink)
{
    /// <summary>Full path of the main file.</summary>
    public string MainFile => mainFile;

    /// <summary>Reads a file and checks its version.</summary>
    /// <param name="file">Full path.</param>
    /// <param name="usedAt">Where it is named.</param>
    /// <exception cref="DiagnosticException">BK6101, BK6102, BK6104, BK6105.</exception>
    public static YamlMap Read(string file, SourceLocation usedAt)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.FileNotFound.At(usedAt, "The path", file, "the file that names it"));
        }

        var root = Root(text, file);
        var version = root["version"];
        if (version is not YamlScalar scalar || !DevSpaceSchema.Versions.Contains(scalar.Value))
        {
            throw new DiagnosticException(DevSpaceDiagnostics.UnknownVersion.At(
                version?.Location ?? new SourceLocation(file, 1, 1),
                version is YamlScalar { IsNull: false } given ? $"\"{given.Value}\"" : "missing"));
        }

        return root;
    }

    /// <summary>Folder of the file in which a value is written.</summary>
    public string FolderOf(YamlNode node) => Path.GetDirectoryName(node.Location.File is { Length: > 0 } file ? file : mainFile)!;

    /// <summary>Reads the file that a source (<c>path</c>, <c>git</c>) names.</summary>
    /// <param name="source">The source.</param>
    /// <param name="folder">Full path of the folder that paths are relative to.</param>
    /// <returns>Null for a remote one, with BK6113.</returns>
    public YamlMap? Follow(YamlFields source, string folder)
    {
        if (source.Map.Contains("git") || source.Text("path") is not { Length: > 0 } path || path.Contains("://", StringComparison.Ordinal))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(
                source.Map.Location, source.Name, "only files on this machine are read; fetch it and use its path"));
            return null;
        }

        var full = WrittenPath.Full(folder, path, source.At("path"));
        return Read(Directory.Exists(full) ? Path.Combine(full, "devspace.yaml") : full, source.At("path"));
    }

    private static YamlMap Root(string text, string file) =>
        YamlReader.Read(text, file) switch
        {
            YamlMap map => map,
            var other => throw new DiagnosticException(DevSpaceDiagnostics.WrongKind.At(
                other?.Location ?? new SourceLocation(file, 1, 1), "the file", "a map", other?.Kind ?? "empty")),
        };
}
