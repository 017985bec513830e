using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Yaml;

/// <summary>A text, number, boolean or null (types of https://yaml.org/spec/1.2.2/#103-core-schema).</summary>
/// <param name="location">Where it is written.</param>
/// <param name="text">The text as written, without quotes.</param>
/// <param name="isPlain">Whether it is written without quotes, so that it may be a number, a boolean or null.</param>
internal sealed class YamlScalar(SourceLocation location, string text, bool isPlain = false) : YamlNode(location)
{
    /// <summary>The text as written.</summary>
    public string Text => text;

    /// <summary>Whether it is written without quotes.</summary>
    public bool IsPlain => isPlain;

    /// <summary>Whether it is a block below its key (<c>|</c>, <c>&gt;</c>), whose lines begin in the next line.</summary>
    public bool IsBlock { get; init; }

    /// <summary>Whether it is null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => isPlain && text is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>Its boolean value; null when it is none. <c>yes</c> and <c>on</c> count where one is wanted, and so do quoted ones.</summary>
    public bool? AsBoolean => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "y" => true,
        "false" or "no" or "off" or "n" => false,
        _ => null,
    };

    /// <inheritdoc/>
    public override string Kind => IsNull ? "null" : "a text";

    /// <summary>The text that a program in Go makes of it: an unquoted number is read as a number first, so that 1.10 is 1.1 and 010 is 8.</summary>
    public string Value => isPlain ? GoScalar.Text(text) : text;

    /// <summary>The text that it has as a part of a longer text.</summary>
    public string ValueWithin => isPlain ? GoScalar.TextWithin(text) : text;

    /// <summary>Whether it is a date or a time.</summary>
    public bool IsTime => isPlain && GoScalar.IsTime(text);

    /// <summary>The value after a detour over JSON, in which every number is a float.</summary>
    public YamlScalar AfterJson() => isPlain && GoScalar.AfterJson(text) is var converted && converted != text
        ? new YamlScalar(Location, converted, isPlain: true)
        : this;

    /// <summary>The same value with another text.</summary>
    public YamlScalar With(string other) => new(Location, other, isPlain) { Tag = Tag, IsBlock = IsBlock };

    /// <inheritdoc/>
    public override YamlNode Clone() => this;
}
