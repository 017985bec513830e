using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;

namespace BuildKit.Core.CacheReferences;

/// <summary>
/// An item <c>BuildKitCacheFrom</c> or <c>BuildKitCacheTo</c>, as the project wrote it. Its text is a backend, the
/// reference of a registry cache, the folder of a local one, or <see cref="Auto"/>.
/// </summary>
/// <param name="Include">Text of the item.</param>
/// <param name="Metadata">Its own metadata.</param>
/// <param name="IsWrite">Whether it is a <c>BuildKitCacheTo</c>.</param>
public sealed record CacheItem(string Include, IReadOnlyDictionary<string, string> Metadata, bool IsWrite)
{
    /// <summary>Text of the item that stands for what the profile gives.</summary>
    public const string Auto = "auto";

    private static readonly string[] Own = ["Type", "Image"];

    /// <summary>Name of the item.</summary>
    public string ItemName => IsWrite ? "BuildKitCacheTo" : "BuildKitCacheFrom";

    /// <summary>Whether it stands for what the profile gives.</summary>
    public bool IsAuto => Include.Trim().Equals(Auto, StringComparison.OrdinalIgnoreCase);

    /// <summary>The image definition it belongs to; empty for all.</summary>
    public string Image => Value("Image");

    /// <summary>Its backend.</summary>
    public string Type =>
        Value("Type") is { Length: > 0 } type ? type.ToLowerInvariant()
        : CacheBackend.Names.Contains(Include.Trim().ToLowerInvariant()) ? Include.Trim().ToLowerInvariant()
        : "registry";

    /// <summary>Turns it into what BuildKit takes.</summary>
    /// <param name="folder">Folder that relative paths start at.</param>
    /// <param name="location">Finds the item in its file; asked when it is wrong.</param>
    /// <exception cref="DiagnosticException">BK4004: BuildKit itself would take all of this without a word.</exception>
    public CacheReference ToReference(string folder, Func<SourceLocation?> location)
    {
        if (!CacheBackend.Names.Contains(Type))
        {
            throw Invalid(location, $"there is no cache type \"{Type}\"; there are {string.Join(", ", CacheBackend.Names)}");
        }

        foreach (var name in Metadata.Keys.Where(name => Value(name).Length > 0 && !Own.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            if (CheckKey(name) is { } wrong)
            {
                throw Invalid(location, wrong);
            }
        }

        if (Type == "inline" && !IsWrite)
        {
            throw Invalid(location, "an inline cache is read from the image itself: use Type=\"registry\" with the image as Ref");
        }

        var values = CacheBackend.KeysOf(Type).ToDictionary(key => key.Name, key => Value(CacheBackend.MetadataOf(key.Name)));
        ApplyInclude(values);
        if (Missing(values) is { } missing)
        {
            throw Invalid(location, $"{CacheBackend.MetadataOf(missing)} is missing");
        }

        if (values.GetValueOrDefault("ref", "") is { Length: > 0 } reference && ImageReference.TryParse(reference) is null)
        {
            throw Invalid(location, $"Ref is \"{reference}\", which is no reference: write registry/repository:tag");
        }

        if (values.GetValueOrDefault("image-manifest", "") == "true" && values.GetValueOrDefault("oci-mediatypes", "") == "false")
        {
            throw Invalid(location, "ImageManifest=\"true\" needs OciMediatypes=\"true\"");
        }

        // A cache is never a reason to fail, unless the item says so.
        if (IsWrite && values.TryGetValue("ignore-error", out var ignore) && ignore.Length == 0)
        {
            values["ignore-error"] = "true";
        }

        return new CacheReference(Type, [.. CacheBackend.KeysOf(Type)
            .Where(key => values[key.Name].Length > 0)
            .Select(key => new KeyValuePair<string, string>(
                key.Name, key.Kind == CacheKeyKind.Folder ? ProjectPath.Full(folder, values[key.Name]) : values[key.Name]))]);
    }

    private string? CheckKey(string name)
    {
        var key = CacheBackend.KeysOf(Type).FirstOrDefault(k => CacheBackend.MetadataOf(k.Name).Equals(name, StringComparison.OrdinalIgnoreCase));
        if (key is null)
        {
            var others = string.Join(", ", CacheBackend.WithKey(name));
            var own = CacheBackend.KeysOf(Type).Where(Fits).Select(k => CacheBackend.MetadataOf(k.Name)).DefaultIfEmpty("nothing");
            return others.Length > 0
                ? $"{name} belongs to {others}, not to {Type}"
                : $"{Type} has no \"{name}\"; it has {string.Join(", ", own)}";
        }

        return Fits(key) ? key.Check(Value(name)) : $"{name} is for caches that are {(IsWrite ? "read" : "written")}";
    }

    private bool Fits(CacheKey key) => IsWrite ? key.Writes : key.Reads;

    // The item's text is the value of the key that nobody can do without.
    private void ApplyInclude(Dictionary<string, string> values)
    {
        var main = Type switch { "registry" => "ref", "local" => IsWrite ? "dest" : "src", _ => "" };
        if (main.Length > 0 && values[main].Length == 0 && !Include.Trim().Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            values[main] = Include.Trim();
        }
    }

    private string? Missing(Dictionary<string, string> values) => (Type switch
    {
        "registry" => new[] { "ref" },
        "local" => [IsWrite ? "dest" : "src"],
        "s3" => ["bucket", "region"],
        "azblob" => ["account_url"],
        _ => [],
    }).FirstOrDefault(name => values[name].Length == 0);

    private DiagnosticException Invalid(Func<SourceLocation?> location, string reason) =>
        new(CacheDiagnostics.InvalidCache.At(location(), ItemName, Include, reason));

    private string Value(string name) =>
        (Metadata.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "").Trim();

}
