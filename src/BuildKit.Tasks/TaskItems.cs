using System.Globalization;
using BuildKit.Core.Builders;
using BuildKit.Core.Builds;
using BuildKit.Core.CacheReferences;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Pruning;
using BuildKit.Core.Reports;
using BuildKit.Core.UpToDateChecks;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace BuildKit.Tasks;

/// <summary>Core types as MSBuild items, and back.</summary>
internal static class TaskItems
{
    private static readonly HashSet<string> WellKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "Identity",
        "ModifiedTime", "CreatedTime", "AccessedTime", "DefiningProjectFullPath", "DefiningProjectDirectory",
        "DefiningProjectName", "DefiningProjectExtension", "Kind",
    };

    /// <summary>Items with their own metadata; those that MSBuild gives to every item, and the kind, are left out.</summary>
    public static IReadOnlyList<SettingItem> ToSettings(IReadOnlyList<ITaskItem> items) =>
        [.. items.Select(item => new SettingItem(item.ItemSpec, Metadata(item)))];

    /// <summary>What an item <c>BuildKitRegistry</c> says for our own questions; what is wrong with it is reported with the builder.</summary>
    public static RegistryTrust ToTrust(ITaskItem item, string projectFile)
    {
        string File(string name) =>
            item.GetMetadata(name).Trim() is { Length: > 0 } path ? ProjectPath.Full(Path.GetDirectoryName(projectFile)!, path) : "";
        bool Is(string name) => SwitchText.IsOn(item.GetMetadata(name));
        return new RegistryTrust(item.ItemSpec, Is("Http") || Is("Insecure"), File("CertificateAuthority"), File("ClientCertificate"),
            File("ClientKey"));
    }

    /// <summary>Values by property name, from items with a <c>Value</c>; the last of several counts.</summary>
    public static Dictionary<string, string> ToProperties(IEnumerable<ITaskItem> items)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            values[item.ItemSpec] = item.GetMetadata("Value");
        }

        return values;
    }

    /// <summary>Items of a kind: the name that the project gives them.</summary>
    public static IEnumerable<ITaskItem> OfKind(IEnumerable<ITaskItem> items, string kind) => items.Where(item => item.GetMetadata("Kind") == kind);

    /// <summary>Items by the name that the project gives them, from items with a <c>Kind</c>.</summary>
    public static Dictionary<string, IReadOnlyList<SettingItem>> ToItems(IEnumerable<ITaskItem> items) =>
        items.GroupBy(item => item.GetMetadata("Kind")).ToDictionary(kind => kind.Key, kind => ToSettings([.. kind]));

    /// <summary>What the project says about one image, also when it is published for each of several runtime identifiers.</summary>
    public static ImageSettings ToImageSettings(ITaskItem image, ProjectSettings project, ITaskItem[] runtimeParts)
    {
        var metadata = Metadata(image);
        return project.ForImage(image.ItemSpec, metadata) with
        {
            Runtimes = [.. runtimeParts.Where(part => part.GetMetadata("Kind").Length > 0).GroupBy(part => part.GetMetadata("RuntimeIdentifier"))
                .Select(runtime => RuntimeSettings(runtime, project).ForImage(image.ItemSpec, metadata))],
        };
    }

    // What that publish says wins over what the project says without a runtime identifier.
    private static ProjectSettings RuntimeSettings(IGrouping<string, ITaskItem> runtime, ProjectSettings project)
    {
        var properties = new Dictionary<string, string>(project.Properties, StringComparer.OrdinalIgnoreCase)
        { ["_BuildKitPublishedFor"] = runtime.Key };
        foreach (var (name, value) in ToProperties(OfKind(runtime, "Property")))
        {
            properties[name] = value;
        }

        return project with { Properties = properties, Items = ToItems(runtime) };
    }

    /// <summary>The item's own metadata.</summary>
    public static Dictionary<string, string> Metadata(ITaskItem item) =>
        item.MetadataNames.Cast<string>().Where(name => !WellKnown.Contains(name))
            .ToDictionary(name => name, item.GetMetadata, StringComparer.OrdinalIgnoreCase);

    /// <summary>A plan, with what the next targets ask about it.</summary>
    public static ITaskItem FromPlan(PlannedBuild plan, string planKey) => Item(plan.Request.Name, new Dictionary<string, string>
    {
        ["PlanKey"] = planKey,
        ["References"] = string.Join(';', plan.Request.Tags),
        ["FromDockerfile"] = Text(plan.Request.Dockerfile.Length > 0),
        ["Pushes"] = Text(plan.Request.Pushes),
        ["Needs"] = string.Join(';', BuilderAbilities.NeedsOf(plan.Request)),
    });

    /// <summary>What a plan needs of its builder.</summary>
    public static IEnumerable<BuilderNeed> ToNeeds(ITaskItem plan) =>
        plan.GetMetadata("Needs").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<BuilderNeed>);

    /// <summary>A builder.</summary>
    public static ITaskItem FromBuilder(Builder builder) => Item(builder.DisplayName, new Dictionary<string, string>
    {
        ["Name"] = builder.Name,
        ["Driver"] = builder.Driver.NameOf(),
        ["ContainerdStore"] = Text(builder.ContainerdStore),
        ["Endpoint"] = builder.Endpoint,
        ["EngineVersion"] = builder.EngineVersion,
        ["BuildxVersion"] = builder.BuildxVersion,
        ["BuildxPath"] = builder.BuildxPath,
        ["Platforms"] = string.Join(';', builder.Platforms),
    });

    /// <summary>The builder of an item.</summary>
    public static Builder ToBuilder(ITaskItem item) => new()
    {
        Name = item.GetMetadata("Name"),
        Driver = BuilderDrivers.TryParse(item.GetMetadata("Driver")) ?? BuilderDriver.Docker,
        ContainerdStore = item.GetMetadata("ContainerdStore") == "true",
        Endpoint = item.GetMetadata("Endpoint"),
        EngineVersion = item.GetMetadata("EngineVersion"),
        BuildxVersion = item.GetMetadata("BuildxVersion"),
        BuildxPath = item.GetMetadata("BuildxPath"),
        Platforms = item.GetMetadata("Platforms").Split(';', StringSplitOptions.RemoveEmptyEntries),
    };

    /// <summary>A cache of an image; each attribute is metadata.</summary>
    public static ITaskItem FromCache(CacheReference cache, string image)
    {
        var metadata = cache.Attributes.ToDictionary(a => CacheBackend.MetadataOf(a.Key), a => a.Value);
        metadata["Type"] = cache.Type;
        metadata["Image"] = image;
        return Item(cache.Display, metadata);
    }

    /// <summary>The cache of an item.</summary>
    public static CacheReference ToCache(ITaskItem item)
    {
        var type = item.GetMetadata("Type") is { Length: > 0 } given ? given : "registry";
        return new CacheReference(type,
            [.. CacheBackend.AttributesOf(type)
                .Select(attribute => new KeyValuePair<string, string>(attribute, item.GetMetadata(CacheBackend.MetadataOf(attribute))))
                .Where(pair => pair.Value.Length > 0)]);
    }

    /// <summary>A cache in a registry.</summary>
    public static ITaskItem FromCacheEntry(CacheEntry entry) => Item(entry.Reference, new Dictionary<string, string>
    {
        ["Digest"] = entry.Digest,
        ["Size"] = Text(entry.Size),
        ["Created"] = entry.Created?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        ["Writer"] = entry.Writer,
        ["Platform"] = entry.Platform,
    });

    /// <summary>A built image.</summary>
    public static ITaskItem FromImage(BuiltImage image) => Item(image.Name, new Dictionary<string, string>
    {
        ["Reference"] = image.References.Count > 0 ? image.References[0] : "",
        ["References"] = string.Join(';', image.References),
        ["Summary"] = ImageSummary.Result(image),
        ["Digest"] = image.Digest,
        ["ConfigDigest"] = image.ConfigDigest,
        ["MediaType"] = image.MediaType,
        ["Platforms"] = string.Join(';', image.Platforms),
        ["Manifest"] = image.ManifestJson,
        ["Configuration"] = image.ConfigJson,
        ["Seconds"] = image.Seconds.ToString("0.###", CultureInfo.InvariantCulture),
        ["StepsCached"] = Text(image.StepsCached),
        ["StepsRun"] = Text(image.StepsRun),
        ["CacheRead"] = string.Join(';', image.CacheRead),
        ["CacheWritten"] = string.Join(';', image.CacheWritten),
        ["ContextBytes"] = Text(image.ContextBytes),
        ["PushedBytes"] = Text(image.PushedBytes),
        ["Unchanged"] = Text(image.Unchanged),
        ["Files"] = string.Join(';', image.Files.Select(file => file.Split('|')[0])),
    });

    /// <summary>The images of the platforms behind an index.</summary>
    public static IEnumerable<ITaskItem> FromPlatforms(BuiltImage image) =>
        image.PlatformImages.Select(one => Item(one.Platform, new Dictionary<string, string>
        {
            ["Image"] = image.Name,
            ["RuntimeIdentifier"] = one.RuntimeIdentifier,
            ["Digest"] = one.Digest,
            ["MediaType"] = one.MediaType,
            ["Manifest"] = one.ManifestJson,
            ["Configuration"] = one.ConfigJson,
        }));

    /// <summary>An item whose name and metadata are the texts as they are.</summary>
    internal static TaskItem Item(string include, IEnumerable<KeyValuePair<string, string>> metadata) =>
        // The constructor unescapes, and takes a back-slash in the name for a path's.
        new(Escape(include).Replace("\\", "%5C", StringComparison.Ordinal), metadata.ToDictionary(pair => pair.Key, pair => Escape(pair.Value)));

    private static string Escape(string text) => text.Replace("%", "%25", StringComparison.Ordinal);

    private static string Text<T>(T value)
        where T : notnull => Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant();
}
