namespace BuildKit.Core.Yaml;

/// <summary>Goes through all that is below a value.</summary>
internal static class YamlWalk
{
    /// <summary>A copy in which each text, number, boolean and null is another one.</summary>
    public static T Scalars<T>(T node, Func<YamlScalar, YamlScalar> change)
        where T : YamlNode
    {
        switch (node)
        {
            case YamlScalar scalar:
                return (T)(YamlNode)change(scalar);
            case YamlList list:
                var items = new YamlList(list.Location);
                items.Items.AddRange(list.Items.Select(item => Scalars(item, change)));
                return (T)(YamlNode)items;
            default:
                var map = new YamlMap(node.Location);
                foreach (var entry in ((YamlMap)(YamlNode)node).Entries)
                {
                    map.Set(entry.Key, Scalars(entry.Value, change), entry.Location);
                }

                return (T)(YamlNode)map;
        }
    }
}
