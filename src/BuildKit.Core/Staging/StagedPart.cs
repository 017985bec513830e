using System.Globalization;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Staging;

/// <summary>A file of an image before it is staged.</summary>
/// <param name="Name">Its path in the part, with <c>/</c>.</param>
/// <param name="Source">Full path of the file.</param>
/// <param name="Mode">Its mode in the image.</param>
internal sealed record StagedFile(string Name, string Source, UnixFileMode Mode);

/// <summary>What one ADD of an image of published files brings.</summary>
/// <param name="Place">Name of its folder or archive in the context.</param>
/// <param name="Archived">Whether it is staged as an archive: where the system has no modes, only an archive can carry them.</param>
/// <param name="Owner">Numbers of user and group that an archive says; empty for root, and in folders, which say none.</param>
/// <param name="Files">Its files.</param>
internal sealed record StagedPart(string Place, bool Archived, string Owner, IReadOnlyList<StagedFile> Files)
{
    /// <summary>The parts of published files, of a folder of their own each.</summary>
    /// <param name="output">The published files.</param>
    /// <param name="system">The system that stages them.</param>
    public static IReadOnlyList<StagedPart> Of(PublishOutput output, HostSystem system)
    {
        var layers = new SortedDictionary<PublishLayer, List<StagedFile>>();
        foreach (var file in Directory.EnumerateFiles(output.Folder, "*", SearchOption.AllDirectories))
        {
            var name = PathRules.Here.ToSlashes(Path.GetRelativePath(output.Folder, file));
            var layer = output.LayerOf(name);
            if (!layers.TryGetValue(layer, out var files))
            {
                layers[layer] = files = [];
            }

            files.Add(new StagedFile(name, file, FileModes.Of(file)));
        }

        return
        [
            .. layers.Select(layer => new StagedPart(NameOf(layer.Key), system == HostSystem.Windows, "", layer.Value)),
            .. CopyGroup.Of(output, system).Select((group, index) => new StagedPart(NameOfCopies(index), group.Archived, group.Owner,
                [.. group.Files.Select(file => new StagedFile(file.Name, file.Source, file.Permissions ?? FileModes.Of(file.Source)))])),
        ];
    }

    /// <summary>Name of a layer's folder in the context.</summary>
    public static string NameOf(PublishLayer layer) => layer.ToString().ToLowerInvariant();

    /// <summary>Name of the folder of a group of copied files in the context.</summary>
    public static string NameOfCopies(int group) => string.Create(CultureInfo.InvariantCulture, $"copy{group}");
}
