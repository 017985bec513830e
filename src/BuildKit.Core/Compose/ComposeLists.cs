using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>Values that may be written as a map or as a list of <c>NAME=VALUE</c>.</summary>
internal static class ComposeLists
{
    private static readonly string[] Keys = ["args", "labels", "additional_contexts", "contexts", "ssh"];

    /// <summary>Whether a key has both forms.</summary>
    public static bool IsKeyed(string key) => Keys.Contains(key);

    /// <summary>The value as a map when its key has both forms; else the value.</summary>
    public static YamlNode? AsMap(string key, YamlNode? value)
    {
        if (value is not YamlList list || !IsKeyed(key))
        {
            return value;
        }

        var map = new YamlMap(list.Location) { Tag = list.Tag };
        foreach (var item in list.Items.OfType<YamlScalar>())
        {
            var pair = item.Text.Split('=', 2);
            map.Set(pair[0], pair.Length == 2 ? new YamlScalar(item.Location, pair[1]) : new YamlScalar(item.Location, "", isPlain: true),
                item.Location);
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

    /// <summary>The texts of a list, or the words of the one text in its place, as in <c>x-bake</c>.</summary>
    public static IEnumerable<YamlScalar> Words(YamlNode? value) => value is YamlScalar { IsNull: false } single
        ? single.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => new YamlScalar(single.Location, word))
        : Pairs(value);

    /// <summary>The texts of a list, or <c>NAME=VALUE</c> for each entry of the map in its place.</summary>
    public static IEnumerable<YamlScalar> Pairs(YamlNode? value) => value is YamlMap map
        ? map.Entries.SelectMany(entry => entry.Value switch
        {
            YamlList list => list.Items.OfType<YamlScalar>().Select(item => new YamlScalar(item.Location, $"{entry.Key}={item.Value}")),
            YamlScalar { IsNull: false } text => [new YamlScalar(entry.Location, $"{entry.Key}={text.Value}")],
            _ => [new YamlScalar(entry.Location, entry.Key)],
        })
        : Texts(value);
}
