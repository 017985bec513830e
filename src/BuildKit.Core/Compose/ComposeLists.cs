using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>Values that may be written as a map or as a list of <c>NAME=VALUE</c>.</summary>
internal static class ComposeLists
{
    private static readonly string[] Keys = ["args", "labels", "additional_contexts", "contexts"];

    /// <summary>The value as a map when its key has both forms; else the value.</summary>
    public static YamlNode? AsMap(string key, YamlNode? value)
    {
        if (value is not YamlList list || !Keys.Contains(key))
        {
            return value;
        }

        var map = new YamlMap(list.Location);
        foreach (var item in list.Items.OfType<YamlScalar>())
        {
            var pair = item.Text.Split('=', 2);
            map.Set(pair[0], pair.Length == 2 ? new YamlScalar(item.Location, pair[1]) : new YamlScalar(item.Location, "", isPlain: true), item.Location);
        }

        return map;
    }

    /// <summary>The texts of a list, or the one text in its place.</summary>
    public static IEnumerable<YamlScalar> Texts(YamlNode? value) => value switch
    {
        YamlList list => list.Items.OfType<YamlScalar>(),
        YamlScalar { IsNull: false } single => [single],
        _ => [],
    };
}
