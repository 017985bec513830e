using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Merges imported files: what is there already wins, lists are put after each other
/// (https://www.devspace.sh/docs/configuration/imports/).
/// </summary>
/// <param name="files">Reads the files.</param>
/// <param name="variables">Fills in the imports section.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class DevSpaceImports(DevSpaceFiles files, DevSpaceVariables variables, IDiagnosticSink sink)
{
    /// <summary>Merges what a file imports into it, and what that imports.</summary>
    /// <param name="root">The file.</param>
    /// <param name="folder">Full path of the folder that paths are relative to.</param>
    /// <param name="above">Files that led here.</param>
    /// <exception cref="DiagnosticException">BK6101, BK6105, BK6107.</exception>
    public void Merge(YamlMap root, string folder, params string[] above)
    {
        variables.Define(root["vars"]);
        var imports = root["imports"];
        root.Remove("imports");
        if (imports is null || Whole(imports) is not YamlList list)
        {
            return;
        }

        foreach (var item in list.Items.OfType<YamlMap>())
        {
            var import = new YamlFields(item, "imports", sink);
            if (import.Switch("enabled") == false || files.Follow(import, folder) is not { } imported)
            {
                continue;
            }

            var file = imported.Location.File;
            if (above.Contains(file) || above.Length > 50)
            {
                throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(item.Location, "imports",
                    string.Join(" -> ", [.. above.Select(Path.GetFileName), Path.GetFileName(file)])));
            }

            if ((imported["version"] as YamlScalar)?.Value != (root["version"] as YamlScalar)?.Value)
            {
                throw new DiagnosticException(DevSpaceDiagnostics.UnknownVersion.At(
                    imported["version"]!.Location, $"\"{(imported["version"] as YamlScalar)?.Value}\", which is not that of the importing file"));
            }

            Take(root, imported);
            if (imported["imports"] is { } further)
            {
                root.Set("imports", further);
            }

            Merge(root, Path.GetDirectoryName(file)!, [.. above, file]);
        }
    }

    private YamlNode Whole(YamlNode imports)
    {
        var filled = variables.Fill(imports, "imports");
        variables.RefuseMissing();
        return filled;
    }

    private static void Take(YamlMap root, YamlMap imported)
    {
        foreach (var section in imported.Entries.Where(entry => DevSpaceSchema.ImportSections.Contains(entry.Key)).ToList())
        {
            switch (section.Value, root[section.Key])
            {
                case (YamlList list, var there):
                    var all = there as YamlList ?? new YamlList(list.Location);
                    all.Items.AddRange(list.Items);
                    root.Set(section.Key, all);
                    break;
                case (YamlMap map, var there):
                    var target = there as YamlMap ?? new YamlMap(map.Location);
                    foreach (var entry in map.Entries.Where(entry => !target.Contains(entry.Key)))
                    {
                        target.Set(entry.Key, entry.Value, entry.Location);
                    }

                    root.Set(section.Key, target);
                    break;
                default:
                    break;
            }
        }
    }
}
