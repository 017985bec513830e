using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>Merges a file over another (https://docs.docker.com/reference/compose-file/merge/).</summary>
internal static class ComposeMerge
{
    // Lists that are replaced; any other is put after the one that is there.
    private static readonly string[] Replaced = ["command", "entrypoint", "test"];

    /// <summary>Merges a map into another. Null changes nothing, <c>!reset</c> removes, <c>!override</c> replaces.</summary>
    /// <param name="target">The map that is changed.</param>
    /// <param name="change">What comes over it.</param>
    /// <param name="nullCounts">Whether null is a value, as in arguments, where it stands for the environment.</param>
    public static void Merge(YamlMap target, YamlMap change, bool nullCounts = false)
    {
        foreach (var entry in change.Entries)
        {
            var there = ComposeLists.AsMap(entry.Key, target[entry.Key]);
            var value = ComposeLists.AsMap(entry.Key, entry.Value) ?? entry.Value;
            switch (there, value)
            {
                case (_, { Tag: "!reset" }):
                    target.Remove(entry.Key);
                    break;
                case (_, { Tag: "!override" }) or (null, not YamlMap):
                    target.Set(entry.Key, value, entry.Location);
                    break;
                case (_, YamlScalar { IsNull: true }) when !nullCounts:
                    break;
                case (null or YamlMap, YamlMap other):
                    // Also into nothing, so that what is reset below it goes.
                    var copy = there is YamlMap map ? (YamlMap)map.Clone() : new YamlMap(other.Location);
                    Merge(copy, other, ComposeLists.IsKeyed(entry.Key));
                    target.Set(entry.Key, copy, entry.Location);
                    break;
                case (YamlList list, YamlList added) when !Replaced.Contains(entry.Key):
                    var all = new YamlList(list.Location);
                    all.Items.AddRange(list.Items);
                    all.Items.AddRange(added.Items);
                    target.Set(entry.Key, all, entry.Location);
                    break;
                default:
                    target.Set(entry.Key, value, entry.Location);
                    break;
            }
        }
    }
}
