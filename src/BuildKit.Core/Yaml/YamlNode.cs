using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Yaml;

/// <summary>A value of a YAML file with the place where it is written.</summary>
/// <param name="location">Where it is written.</param>
internal abstract class YamlNode(SourceLocation location)
{
    /// <summary>Where it is written.</summary>
    public SourceLocation Location { get; } = location;

    /// <summary>The tag that is written before it, for example <c>!reset</c>; empty for none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>What kind of value it is, for messages.</summary>
    public abstract string Kind { get; }

    /// <summary>A copy that can be changed without changing this one.</summary>
    public abstract YamlNode Clone();
}

/// <summary>A list.</summary>
/// <param name="location">Where it is written.</param>
internal sealed class YamlList(SourceLocation location) : YamlNode(location)
{
    /// <summary>Its elements, which may be changed.</summary>
    public List<YamlNode> Items { get; } = [];

    /// <inheritdoc/>
    public override string Kind => "a list";

    /// <inheritdoc/>
    public override YamlNode Clone()
    {
        var copy = new YamlList(Location) { Tag = Tag };
        copy.Items.AddRange(Items.Select(item => item.Clone()));
        return copy;
    }
}
