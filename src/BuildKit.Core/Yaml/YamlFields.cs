using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.Yaml;

/// <summary>Reads the fields of a map in the form that each must have; what is wrong is reported at its place.</summary>
/// <param name="map">The map.</param>
/// <param name="name">What it is called in messages, for example <c>images.api</c>.</param>
/// <param name="sink">Gets BK6103, BK6104 and BK6116.</param>
internal sealed class YamlFields(YamlMap map, string name, IDiagnosticSink sink)
{
    /// <summary>The map.</summary>
    public YamlMap Map => map;

    /// <summary>What it is called in messages.</summary>
    public string Name => name;

    /// <summary>The place of a key, or of the map.</summary>
    public SourceLocation At(string key) => map.Find(key)?.Location ?? map.Location;

    /// <summary>A text, or empty when the key is missing or null.</summary>
    public string Text(string key) => map[key] is { } node ? Text(node, $"{name}.{key}") : "";

    /// <summary>A switch; null when the key is missing or null.</summary>
    public bool? Switch(string key)
    {
        if (map[key] is not { } node || node is YamlScalar { IsNull: true })
        {
            return null;
        }

        var value = (node as YamlScalar)?.AsBoolean;
        if (value is null)
        {
            Wrong(node, $"{name}.{key}", "true or false");
        }

        return value;
    }

    /// <summary>A list of texts; null when the key is missing or null.</summary>
    public IReadOnlyList<YamlScalar>? Texts(string key)
    {
        if (List(key) is not { } list)
        {
            return null;
        }

        foreach (var item in list.Items.Where(item => item is not YamlScalar))
        {
            Wrong(item, $"an entry of {name}.{key}", "a text");
        }

        return [.. list.Items.OfType<YamlScalar>()];
    }

    /// <summary>A list; null when the key is missing or null.</summary>
    public YamlList? List(string key) => Of<YamlList>(key, "a list");

    /// <summary>A map; null when the key is missing or null.</summary>
    public YamlFields? Fields(string key) =>
        Of<YamlMap>(key, "a map") is { } found ? new YamlFields(found, $"{name}.{key}", sink) : null;

    /// <summary>Reports every key that is not among the known ones.</summary>
    public void RefuseOthers(params IEnumerable<string> known)
    {
        var names = known.ToHashSet(StringComparer.Ordinal);
        foreach (var entry in map.Entries.Where(entry => !names.Contains(entry.Key)))
        {
            var near = NearestName.Among(names, entry.Key);
            sink.Report(DevSpaceDiagnostics.UnknownKey.At(
                entry.Location, entry.Key, name, near is null ? "" : $" Did you mean \"{near}\"?"));
        }
    }

    /// <summary>The text of a value, with a warning when a number is not what is written.</summary>
    public string Text(YamlNode node, string what)
    {
        if (node is not YamlScalar scalar)
        {
            Wrong(node, what, "a text");
            return "";
        }

        if (scalar.Value != scalar.Text)
        {
            sink.Report(DevSpaceDiagnostics.NumberChanges.At(node.Location, scalar.Text, scalar.Value));
        }

        return scalar.IsNull ? "" : scalar.Value;
    }

    private T? Of<T>(string key, string form)
        where T : YamlNode
    {
        var node = map[key];
        if (node is not (null or T or YamlScalar { IsNull: true }))
        {
            Wrong(node, $"{name}.{key}", form);
        }

        return node as T;
    }

    private void Wrong(YamlNode node, string what, string form) =>
        sink.Report(DevSpaceDiagnostics.WrongKind.At(node.Location, what, form, node.Kind));
}
