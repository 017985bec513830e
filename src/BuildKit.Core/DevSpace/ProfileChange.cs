using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Applies what a profile changes: replace, then merge, then patches.</summary>
/// <param name="variables">Fills in parts of a profile that are one text.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class ProfileChange(DevSpaceVariables variables, IDiagnosticSink sink)
{
    /// <summary>Applies a profile to the file.</summary>
    /// <exception cref="DiagnosticException">BK6111.</exception>
    public void Apply(YamlMap root, YamlFields profile)
    {
        if (profile.Map.Contains("strategicMerge"))
        {
            sink.Report(DevSpaceDiagnostics.NotCarried.At(profile.At("strategicMerge"), $"{profile.Name}.strategicMerge",
                "DevSpace 6 does not apply it any more; use merge or patches"));
        }

        foreach (var entry in Sections(profile, "replace"))
        {
            root.Set(entry.Key, entry.Value.Clone(), entry.Location);
        }

        var merges = Sections(profile, "merge").ToList();
        foreach (var entry in merges)
        {
            root.Set(entry.Key, Merge(root[entry.Key], entry.Value, 0), entry.Location);
        }

        // DevSpace merges the whole file as JSON, in which every number is a float.
        foreach (var entry in merges.Count == 0 ? [] : root.Entries.ToList())
        {
            root.Set(entry.Key, YamlWalk.Scalars(entry.Value, scalar => scalar.AfterJson()), entry.Location);
        }

        foreach (var patch in Whole(profile, "patches") is YamlList list ? list.Items : [])
        {
            Patch(root, patch, profile.Name);
        }
    }

    // RFC 7396: maps are merged, null removes, anything else replaces.
    private static YamlNode Merge(YamlNode? target, YamlNode change, int depth)
    {
        if (change is not YamlMap map || depth > 100)
        {
            return change.Clone();
        }

        var result = target is YamlMap there ? (YamlMap)there.Clone() : new YamlMap(change.Location);
        foreach (var entry in map.Entries)
        {
            if (entry.Value is YamlScalar { IsNull: true })
            {
                result.Remove(entry.Key);
            }
            else
            {
                result.Set(entry.Key, Merge(result[entry.Key], entry.Value, depth + 1), entry.Location);
            }
        }

        return result;
    }

    private IEnumerable<YamlEntry> Sections(YamlFields profile, string key)
    {
        if (Whole(profile, key) is not YamlMap map)
        {
            return [];
        }

        new YamlFields(map, $"{profile.Name}.{key}", sink).RefuseOthers(DevSpaceSchema.ProfileSections);
        return map.Entries.Where(entry => entry.Value is not YamlScalar { IsNull: true }).ToList();
    }

    // The whole section may be a variable or an expression.
    private YamlNode? Whole(YamlFields profile, string key)
    {
        var node = profile.Map[key] is YamlScalar { IsNull: false } scalar ? variables.Fill(scalar, $"profiles.{key}") : profile.Map[key];
        if (node is YamlScalar { IsNull: false })
        {
            sink.Report(DevSpaceDiagnostics.WrongKind.At(node.Location, $"{profile.Name}.{key}", key == "patches" ? "a list" : "a map", node.Kind));
        }

        return node;
    }

    private void Patch(YamlMap root, YamlNode node, string profile)
    {
        if (node is not YamlMap map)
        {
            sink.Report(DevSpaceDiagnostics.WrongKind.At(node.Location, $"an entry of {profile}.patches", "a map", node.Kind));
            return;
        }

        var fields = new YamlFields(map, $"{profile}.patches", sink);
        fields.RefuseOthers(DevSpaceSchema.Patch);
        var path = fields.Text("path");
        if (path.Length == 0)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.PatchRefused.At(node.Location, fields.Text("op"), "", "it has no path"));
        }

        path = variables.Fill(new YamlScalar(fields.At("path"), path), "profiles.path") is YamlScalar filled ? filled.Value : path;
        new PatchOperation(fields.Text("op"), path, map["value"], node.Location).Apply(root, sink);
    }
}
