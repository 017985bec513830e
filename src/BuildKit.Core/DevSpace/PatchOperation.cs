using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// One patch of a profile, applied as DevSpace applies it (pkg/devspace/config/loader/patch): a path that starts with a
/// slash must lead somewhere; any other is forgiving.
/// </summary>
/// <param name="operation"><c>add</c>, <c>replace</c> or <c>remove</c>.</param>
/// <param name="path">The path as written.</param>
/// <param name="value">The value; null for none.</param>
/// <param name="at">Where the patch is written.</param>
internal sealed class PatchOperation(string operation, string path, YamlNode? value, SourceLocation at)
{
    /// <summary>Applies the patch.</summary>
    /// <exception cref="DiagnosticException">BK6111.</exception>
    public void Apply(YamlMap root, IDiagnosticSink sink)
    {
        try
        {
            if (Perform(root) is { } why)
            {
                sink.Report(DevSpaceDiagnostics.PatchWithoutEffect.At(at, operation, path, why));
            }
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            throw Refused(failure.Message);
        }
    }

    private string? Perform(YamlMap root)
    {
        if (operation is not ("add" or "replace" or "remove"))
        {
            throw Refused("op is add, replace or remove");
        }

        if (value is null && operation != "remove")
        {
            throw Refused("it has no value");
        }

        var target = PatchPath.Parse(path);
        var matches = target.Find(root);
        if (matches.Count == 0 && operation != "add" && path.StartsWith('/'))
        {
            throw Refused("nothing is there");
        }

        if (operation == "remove")
        {
            matches.ToList().ForEach(Remove);
            return matches.Count == 0 ? "nothing is there to be removed" : null;
        }

        if (operation == "replace" && matches.Count > 0)
        {
            matches.ToList().ForEach(Replace);
            return null;
        }

        return Add(root, target, matches);
    }

    private string? Add(YamlMap root, PatchPath target, IReadOnlyList<PathMatch> matches)
    {
        if (matches.Count > 0 && matches[0].Node is YamlMap or YamlList)
        {
            matches.ToList().ForEach(match => AddTo(match.Node));
            return null;
        }

        var (parentPath, child) = target.Split();
        var parents = PatchPath.Parse(parentPath).Find(root);
        if (matches.Count > 0)
        {
            if (parents is not [{ Node: YamlList }, ..])
            {
                throw Refused("it would overwrite a value; use replace");
            }

            foreach (var match in matches)
            {
                var list = (YamlList)match.Parent!;
                list.Items.Insert(Index(list, match.Node), value!.Clone());
            }

            return null;
        }

        foreach (var parent in parents)
        {
            if (parent.Node is YamlMap map)
            {
                map.Set(child, value!.Clone());
            }
            else if (parent.Node is YamlList list)
            {
                var entry = new YamlMap(at);
                entry.Set(child, value!.Clone());
                list.Items.Add(entry);
            }
        }

        return parents.Any(parent => parent.Node is not YamlScalar) ? null
            : parentPath.Length == 0 ? "its path is empty"
            : $"there is no \"{parentPath}\"";
    }

    private void AddTo(YamlNode target)
    {
        if (target is YamlList list)
        {
            list.Items.Add(value!.Clone());
            return;
        }

        if (value is not YamlMap added)
        {
            throw Refused($"{value!.Kind} cannot be added to a map");
        }

        foreach (var entry in added.Entries)
        {
            if (((YamlMap)target).Contains(entry.Key))
            {
                throw Refused($"the key \"{entry.Key}\" is there already; use replace");
            }

            ((YamlMap)target).Set(entry.Key, entry.Value.Clone(), entry.Location);
        }
    }

    private static void Remove(PathMatch match)
    {
        if (match.Parent is YamlMap map)
        {
            map.Remove(match.Key);
        }
        else if (match.Parent is YamlList list && Index(list, match.Node) is >= 0 and var index)
        {
            list.Items.RemoveAt(index);
        }
    }

    private void Replace(PathMatch match)
    {
        switch (match.Parent)
        {
            case YamlMap map:
                map.Set(match.Key, value!.Clone());
                break;
            case YamlList list when Index(list, match.Node) is >= 0 and var index:
                list.Items[index] = value!.Clone();
                break;
            case null:
                throw Refused("it would replace the whole file");
        }
    }

    // By identity: equal values may be there twice.
    private static int Index(YamlList list, YamlNode node) => list.Items.FindIndex(item => ReferenceEquals(item, node));

    private DiagnosticException Refused(string why) => new(DevSpaceDiagnostics.PatchRefused.At(at, operation, path, why));
}
