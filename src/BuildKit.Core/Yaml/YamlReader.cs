using BuildKit.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BuildKit.Core.Yaml;

/// <summary>
/// Reads a YAML file into nodes that know their places. Depth and size are limited, because a file can nest or repeat
/// itself (anchors) without end.
/// </summary>
internal sealed class YamlReader
{
    private const int MaximalDepth = 100;
    private const int MaximalNodes = 20_000;

    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private readonly string file;
    private readonly Parser parser;
    private int nodes;

    private YamlReader(string text, string file)
    {
        this.file = file;
        // The scanner takes a BOM for a character of the first key.
        parser = new Parser(new Scanner(new StringReader(text.TrimStart('\uFEFF')), skipComments: true));
    }

    /// <summary>Reads the first document of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Full path of the file, for places.</param>
    /// <returns>The root; null when there is no document.</returns>
    /// <exception cref="DiagnosticException">BK6102, with line and column.</exception>
    public static YamlNode? Read(string text, string file)
    {
        var reader = new YamlReader(text, file);
        try
        {
            reader.parser.Consume<StreamStart>();
            if (!reader.parser.TryConsume<DocumentStart>(out _))
            {
                return null;
            }

            var root = reader.Node(0);
            reader.parser.Consume<DocumentEnd>();
            return root;
        }
        catch (YamlException failure)
        {
            throw Invalid(new SourceLocation(file, (int)failure.Start.Line, (int)failure.Start.Column), failure.Message);
        }
        catch (Exception failure) when (failure is not (DiagnosticException or OutOfMemoryException))
        {
            // A reader of text that anyone may have written has no exceptions of its own to offer.
            var at = reader.parser.Current?.End ?? new Mark(0, 1, 1);
            throw Invalid(new SourceLocation(file, Math.Max((int)at.Line, 1), Math.Max((int)at.Column, 1)), "it ends in the middle of a value");
        }
    }

    private static DiagnosticException Invalid(SourceLocation at, string message) =>
        new(DevSpaceDiagnostics.InvalidYaml.At(at, message.Trim().TrimEnd('.')));

    private YamlNode Node(int depth)
    {
        var start = parser.Current!.Start;
        var location = new SourceLocation(file, (int)start.Line, (int)start.Column);
        if (depth > MaximalDepth || ++nodes > MaximalNodes)
        {
            throw Invalid(location, $"more than {MaximalDepth} levels or {MaximalNodes} values");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var plain = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.Value != "tag:yaml.org,2002:str");
            return Anchored(scalar, new YamlScalar(location, scalar.Value, plain)
            {
                Tag = Own(scalar.Tag),
                IsBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded
            });
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            var target = anchors.GetValueOrDefault(alias.Value.Value)
                ?? throw Invalid(location, $"the anchor \"{alias.Value.Value}\" is not defined above");
            Count(target, depth, location);
            return target.Clone();
        }

        return parser.TryConsume<SequenceStart>(out var sequence) ? Sequence(sequence, location, depth)
            : parser.TryConsume<MappingStart>(out var mapping) ? Mapping(mapping, location, depth)
            : throw Invalid(location, "a value is missing");
    }

    private YamlList Sequence(SequenceStart start, SourceLocation location, int depth)
    {
        var list = new YamlList(location) { Tag = Own(start.Tag) };
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            list.Items.Add(Node(depth + 1));
        }

        return Anchored(start, list);
    }

    private YamlMap Mapping(MappingStart start, SourceLocation location, int depth)
    {
        var map = new YamlMap(location) { Tag = Own(start.Tag) };
        var merged = new List<YamlNode>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw Invalid(location, "a key is no text");
            }

            var value = Node(depth + 1);
            if (key is { Text: "<<", IsPlain: true })
            {
                merged.AddRange(value is YamlList list ? list.Items : [value]);
            }
            else if (map.Contains(key.Text))
            {
                throw Invalid(key.Location, $"the key \"{key.Text}\" is there twice");
            }
            else
            {
                map.Set(key.Text, value, key.Location);
            }
        }

        // What is written in the map itself wins, then the first of several (https://yaml.org/type/merge.html).
        foreach (var entry in merged.OfType<YamlMap>().SelectMany(other => other.Entries).Where(entry => !map.Contains(entry.Key)))
        {
            map.Set(entry.Key, entry.Value.Clone(), entry.Location);
        }

        return Anchored(start, map);
    }

    // Tags of YAML itself say a type; those of a program begin with one exclamation mark.
    private static string Own(TagName tag) => !tag.IsEmpty && tag.Value is ['!', _, ..] ? tag.Value : "";

    private T Anchored<T>(NodeEvent start, T node)
        where T : YamlNode
    {
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    // An alias is a copy, so it counts like what it stands for.
    private void Count(YamlNode node, int depth, SourceLocation location)
    {
        if (depth > MaximalDepth || ++nodes > MaximalNodes)
        {
            throw Invalid(location, $"more than {MaximalDepth} levels or {MaximalNodes} values, anchors included");
        }

        foreach (var child in node is YamlList list ? list.Items : node is YamlMap map ? map.Entries.Select(entry => entry.Value) : [])
        {
            Count(child, depth + 1, location);
        }
    }
}
