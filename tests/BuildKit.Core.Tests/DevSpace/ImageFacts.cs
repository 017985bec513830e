using BuildKit.Core.Settings;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>What an image description says, in one line for each of its sides.</summary>
internal static class ImageFacts
{
    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["tags"] = "ContainerImageTags",
        ["dockerfile"] = "BuildKitDockerfile",
        ["context"] = "BuildKitContext",
        ["target"] = "BuildKitTargetStage",
        ["network"] = "BuildKitNetwork",
        ["platforms"] = "BuildKitPlatforms",
        ["provenance"] = "BuildKitProvenance",
        ["sbom"] = "BuildKitSbom",
        ["push"] = "BuildKitPush",
        ["load"] = "BuildKitLoad",
        ["force"] = "BuildKitForce",
        ["no-cache"] = "BuildKitNoCache",
        ["pull"] = "BuildKitPull",
        ["built-on"] = ImageDescription.BuiltOn,
        ["for-others"] = ImageDescription.ForOthers,
    };

    private static readonly Dictionary<string, string> Items = new(StringComparer.Ordinal)
    {
        ["args"] = "BuildKitBuildArg",
        ["labels"] = "ContainerLabel",
        ["contexts"] = "BuildKitNamedContext",
        ["secrets"] = "BuildKitSecret",
        ["ssh"] = "BuildKitSsh",
        ["hosts"] = "BuildKitExtraHost",
        ["outputs"] = "BuildKitOutput",
        ["from"] = "BuildKitCacheFrom",
        ["to"] = "BuildKitCacheTo",
        ["options"] = "BuildKitBuildOption",
    };

    /// <summary>The facts of an image; paths are relative to a folder.</summary>
    public static IReadOnlyDictionary<string, string> Of(ImageDescription image, string folder)
    {
        string Short(string text) => PathRules.Here.ToSlashes(
            text.Replace(folder + Path.DirectorySeparatorChar, "./", StringComparison.Ordinal).Replace(folder, ".", StringComparison.Ordinal));
        var registry = image.Metadata.GetValueOrDefault("ContainerRegistry", "");
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["image"] = (registry.Length > 0 ? registry + "/" : "") + image.Metadata.GetValueOrDefault("ContainerRepository", ""),
        };
        foreach (var (name, property) in Properties)
        {
            facts[name] = Short(image.Metadata.GetValueOrDefault(property, ""));
        }

        foreach (var (name, item) in Items)
        {
            facts[name] = Short(string.Join(" | ", image.Items.Where(one => one.ItemName == item).Select(one => Text(name, one))));
        }

        var dockerfile = image.Metadata.GetValueOrDefault("BuildKitDockerfile", "");
        facts["text"] = File.Exists(dockerfile) ? File.ReadAllText(dockerfile).Trim().Replace("\n", "\\n", StringComparison.Ordinal) : "";
        facts["ignore"] = File.Exists(dockerfile + ".dockerignore")
            ? File.ReadAllText(dockerfile + ".dockerignore").Trim().Replace("\n", "\\n", StringComparison.Ordinal)
            : "";
        return facts;
    }

    private static string Text(string kind, DescribedItem item)
    {
        var value = item.Metadata.GetValueOrDefault("Value");
        return kind switch
        {
            "args" or "labels" => value is null ? item.Include : $"{item.Include}={value}",
            "contexts" => $"{item.Include}={item.Metadata["Source"]}",
            "hosts" => $"{item.Include}={item.Metadata["Address"]}",
            _ => string.Join(' ', [item.Include, .. item.Metadata.Select(pair => $"{pair.Key}={pair.Value}")]),
        };
    }
}
