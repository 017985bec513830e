using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>The services of a project that are built, and which of them are wanted.</summary>
/// <param name="root">The merged files.</param>
/// <param name="options">What the project says.</param>
/// <param name="sink">Gets BK6107 and BK6122.</param>
internal sealed class ComposeServices(YamlMap root, ComposeOptions options, IDiagnosticSink sink)
{
    private const string Scheme = "service:";

    private readonly List<YamlEntry> built =
        [.. (new YamlFields(root, Path.GetFileName(root.Location.File), sink).Fields("services")?.Map.Entries ?? [])
        .Where(entry => entry.Value is YamlMap service && service["build"] is YamlMap)];

    /// <summary>Profiles whose services count.</summary>
    public IReadOnlyList<string> Profiles { get; } =
        [.. options.Profiles.Concat(ValueList.Split(options.Environment.GetValueOrDefault("COMPOSE_PROFILES", "")))];

    /// <summary>The services to build in the order written, each after those that it builds on.</summary>
    /// <exception cref="DiagnosticException">BK6107, BK6122.</exception>
    public IReadOnlyList<YamlEntry> Wanted()
    {
        foreach (var name in options.Services.Where(name => Find(name) is null))
        {
            sink.Report(DevSpaceDiagnostics.UnknownService.At(root.Location, name,
                built.Count == 0 ? "no service is built" : "there are " + string.Join(", ", built.Select(entry => entry.Key))));
        }

        var wanted = new List<YamlEntry>();
        foreach (var entry in built.Where(IsAskedFor))
        {
            Take(entry, wanted, []);
        }

        return wanted;
    }

    /// <summary>Whether a service is built for its own sake.</summary>
    public bool IsAskedFor(YamlEntry entry) =>
        options.Services.Count > 0 ? options.Services.Contains(entry.Key) : IsActive((YamlMap)entry.Value);

    /// <summary>The service that is built under a name; null when there is none.</summary>
    public YamlEntry? Find(string name) => built.Find(entry => entry.Key == name);

    /// <summary>The name of the service that a named context stands for; null when it stands for something else.</summary>
    public static string? NameIn(string source) => source.StartsWith(Scheme, StringComparison.Ordinal) ? source[Scheme.Length..] : null;

    /// <summary>The services that a service is built on.</summary>
    public static IEnumerable<(string Name, SourceLocation At)> BuiltOn(YamlMap service)
    {
        var build = (YamlMap)service["build"]!;
        YamlNode?[] maps =
        [
            ComposeLists.AsMap("additional_contexts", build["additional_contexts"]),
            ComposeLists.AsMap("contexts", (build["x-bake"] as YamlMap)?["contexts"]),
        ];
        return maps.OfType<YamlMap>().SelectMany(map => map.Entries)
            .Select(context => (Name: NameIn((context.Value as YamlScalar)?.Value ?? ""), At: context.Location))
            .Where(context => context.Name is not null).Select(context => (context.Name!, context.At));
    }

    private void Take(YamlEntry entry, List<YamlEntry> wanted, string[] above)
    {
        if (above.Contains(entry.Key))
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(
                entry.Location, "services", string.Join(" -> ", [.. above.SkipWhile(name => name != entry.Key), entry.Key])));
        }

        if (wanted.Contains(entry))
        {
            return;
        }

        foreach (var (name, at) in BuiltOn((YamlMap)entry.Value))
        {
            Take(Find(name) ?? throw new DiagnosticException(DevSpaceDiagnostics.UnknownService.At(at, name, "additional_contexts names it")),
                wanted, [.. above, entry.Key]);
        }

        wanted.Add(entry);
    }

    // A service without profiles always counts.
    private bool IsActive(YamlMap service) =>
        service["profiles"] is not YamlList { Items.Count: > 0 } own || Profiles.Contains("*")
        || own.Items.OfType<YamlScalar>().Any(profile => Profiles.Contains(profile.Value));
}
