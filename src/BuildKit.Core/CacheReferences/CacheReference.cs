using BuildKit.Core.Images;
using BuildKit.Core.Processes;

namespace BuildKit.Core.CacheReferences;

/// <summary>
/// A cache that BuildKit reads or writes: a type and its attributes, in buildx's form
/// (https://docs.docker.com/build/cache/backends/).
/// </summary>
/// <param name="Type">Backend, for example <c>registry</c>.</param>
/// <param name="Attributes">Attributes in the order they are printed.</param>
public sealed record CacheReference(string Type, IReadOnlyList<KeyValuePair<string, string>> Attributes)
{
    /// <summary>The registry reference, or empty.</summary>
    public string Reference => this["ref"];

    /// <summary>Host of the registry that a registry cache is in, with an optional port; empty for other types.</summary>
    public string Host => Type == "registry" && ImageReference.TryParse(Reference) is { } parsed
        ? parsed.Registry.Length > 0 ? parsed.Registry : "docker.io" : "";

    /// <summary>Value of an attribute, or empty.</summary>
    public string this[string key] =>
        Attributes.FirstOrDefault(a => a.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    /// <summary>A registry cache.</summary>
    public static CacheReference Registry(string reference, params KeyValuePair<string, string>[] attributes) =>
        new("registry", [new("ref", reference), .. attributes]);

    /// <summary>Reads buildx's form; a value without <c>=</c> is a registry reference.</summary>
    public static CacheReference Parse(string text)
    {
        var fields = Csv.Fields(text);
        if (fields.Count == 1 && !fields[0].Contains('=', StringComparison.Ordinal))
        {
            return Registry(fields[0]);
        }

        var attributes = fields.Select(field => field.Split('=', 2))
            .Select(pair => new KeyValuePair<string, string>(pair[0], pair.Length == 2 ? pair[1] : ""))
            .ToList();
        var type = attributes.Find(a => a.Key.Equals("type", StringComparison.OrdinalIgnoreCase)).Value ?? "registry";
        return new CacheReference(
            type, [.. attributes.Where(a => !a.Key.Equals("type", StringComparison.OrdinalIgnoreCase))]);
    }

    /// <summary>The same cache with an attribute set, unless it has one.</summary>
    public CacheReference WithDefault(string key, string value) =>
        this[key].Length > 0 ? this : this with { Attributes = [.. Attributes, new(key, value)] };

    /// <summary>What people call it: the reference, or type and first attribute.</summary>
    public string Display =>
        Reference.Length > 0 ? Reference
        : Attributes.Count == 0 ? Type
        : $"{Type} ({Attributes[0].Key}={Attributes[0].Value})";

    /// <summary>Buildx's form.</summary>
    public override string ToString() => Csv.Line([$"type={Type}", .. Attributes.Select(a => $"{a.Key}={a.Value}")]);

    /// <inheritdoc/>
    public bool Equals(CacheReference? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
