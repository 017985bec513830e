using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>A value with the places that its pieces come from.</summary>
/// <param name="Node">The value.</param>
/// <param name="Parts">Its pieces; of a list or map one without a text.</param>
internal sealed record VariableValue(YamlNode Node, IReadOnlyList<TextPart> Parts)
{
    /// <summary>The pieces as they are in a longer text.</summary>
    public IReadOnlyList<TextPart> PartsWithin => Node is YamlScalar scalar && (scalar.IsNull || scalar.ValueWithin != scalar.Value)
        ? [new TextPart(scalar.IsNull ? "<nil>" : scalar.ValueWithin, Parts.Select(part => part.Origin).FirstOrDefault())]
        : Parts;

    /// <summary>A value from one place.</summary>
    /// <param name="node">The value.</param>
    /// <param name="origin">The place; null for the file.</param>
    public static VariableValue Of(YamlNode node, VariableOrigin? origin) => new(node, [new TextPart((node as YamlScalar)?.Value ?? "", origin)]);

    /// <summary>A text of pieces.</summary>
    public static VariableValue Of(SourceLocation at, IReadOnlyList<TextPart> parts) =>
        new(new YamlScalar(at, string.Concat(parts.Select(part => part.Text))), parts);
}
