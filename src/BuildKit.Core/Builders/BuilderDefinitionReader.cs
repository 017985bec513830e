using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Builders;

/// <summary>Reads what a project says about the builder it wants: properties, and items <c>BuildKitNode</c> and <c>BuildKitRegistry</c>.</summary>
/// <param name="request">The request.</param>
internal sealed class BuilderDefinitionReader(BuilderRequest request)
{
    private static readonly string[] Own = ["Endpoint", "Platforms", "Flags"];

    private readonly List<Diagnostic> found = [];

    /// <summary>Reads the definition.</summary>
    /// <param name="name">Name of the builder.</param>
    /// <param name="driver">Its driver.</param>
    /// <exception cref="DiagnosticException">BK1030, BK1023, BK2001: everything that is wrong, at once.</exception>
    public BuilderDefinition Read(string name, BuilderDriver driver)
    {
        var common = request.DriverOptions.Select(Split).GroupBy(option => option.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var nodes = request.Nodes.Count == 0
            ? [Node(new SettingItem("", new Dictionary<string, string>()), "BuildKitDriverOption", driver, common)]
            : request.Nodes.Select(item => Node(item, "BuildKitNode", driver, common)).ToList();
        foreach (var twice in nodes.GroupBy(node => node.Name).Where(group => group.Count() > 1))
        {
            Add("BuildKitNode", twice.Key, "there are two nodes of this name");
        }

        // buildx gives a platform to the node that asks last and takes it from the others, so the builder would never be as asked.
        foreach (var twice in nodes.SelectMany(node => node.Platforms.Distinct().Select(platform => (platform, node))).GroupBy(pair => pair.platform)
            .Where(group => group.Count() > 1))
        {
            Add("BuildKitNode", twice.Last().node.Name, $"the platform {twice.Key} is asked of another node too");
        }

        CheckEndpoints(driver, nodes);
        var registries = RegistryReader.Read(request, name, found);
        var configuration = Configuration(name, driver, registries);
        return found.Count > 0 ? throw new DiagnosticException([.. found]) : new BuilderDefinition
        {
            Name = name,
            Driver = driver,
            Nodes = nodes,
            Configuration = configuration,
        };
    }

    // Those of another driver are engines and contexts, which Docker's command line reads.
    private void CheckEndpoints(BuilderDriver driver, IReadOnlyList<NodeDefinition> nodes)
    {
        foreach (var node in driver == BuilderDriver.Remote ? nodes.Where(node => node.Endpoint.Length > 0) : [])
        {
            if (RemoteEndpoint.Parse(node.Endpoint).Problem is { Length: > 0 } problem)
            {
                var (name, item) = request.Nodes.Count == 0 ? ("BuildKitBuilderEndpoint", "BuildKitBuilderEndpoint")
                    : ($"Endpoint of the BuildKitNode item \"{node.Name}\"", "BuildKitNode");
                found.Add(PropertyDiagnostics.ValueNotAccepted.At(
                    request.Location is { } place ? ProjectFileLocation.Of(place.File, item, request.Nodes.Count == 0 ? null : node.Name) : null,
                    name, node.Endpoint, RemoteEndpoint.Forms, $" ({problem})"));
            }
        }
    }

    private NodeDefinition Node(SettingItem item, string itemName, BuilderDriver driver, Dictionary<string, string> common)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in common)
        {
            AddOption(options, "BuildKitDriverOption", name, DriverOptions.Find(driver, name), name, value);
        }

        foreach (var (metadata, value) in item.Metadata.Where(pair => pair.Value.Trim().Length > 0
            && !Own.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var option = DriverOptions.Of(driver).FirstOrDefault(option => option.Metadata.Equals(metadata, StringComparison.OrdinalIgnoreCase));
            if (option is null)
            {
                var accepted = string.Join(", ", Own.Concat(DriverOptions.Of(driver).Select(option => option.Metadata)));
                Add(itemName, item.Include,
                    $"a node of the {driver.NameOf()} driver has no metadata {metadata} (it has {accepted}, whatever the case of letters)");
                continue;
            }

            AddOption(options, itemName, item.Include, option, option.Name, value.Trim());
        }

        return new NodeDefinition
        {
            Name = item.Include,
            Endpoint = item["Endpoint"] is { Length: > 0 } own ? own : request.Nodes.Count == 0 ? request.Endpoint : "",
            Platforms = [.. ValueList.Split(item["Platforms"]).Select(text => PlatformOf(itemName, item.Include, text))],
            Flags = DaemonFlags.Split(item["Flags"] is { Length: > 0 } flags ? flags : request.Flags),
            Options = options,
        };
    }

    private void AddOption(SortedDictionary<string, string> options, string itemName, string include, DriverOption? option, string name, string value)
    {
        if (option is { Form: DriverOptionForm.File } && value.Length > 0)
        {
            value = ProjectPath.Full(request.WorkingDirectory, value);
        }

        if (name.Length == 0 || (option is not null && !option.Accepts(value)))
        {
            Add(itemName, include, name.Length == 0 ? "an option needs a name" : $"{name} is \"{value}\", and must be {option!.Accepted}");
            return;
        }

        options[name] = value;
    }

    private string PlatformOf(string itemName, string include, string text)
    {
        if (Platform.TryParse(text) is { } platform)
        {
            return platform.ToString();
        }

        Add(itemName, include, $"\"{text}\" is no platform (such as linux/arm64)");
        return text;
    }

    private DaemonConfiguration Configuration(string name, BuilderDriver driver, IReadOnlyList<RegistryDefinition> registries)
    {
        // A remote BuildKit has the configuration of whoever runs it.
        if (driver == BuilderDriver.Remote || found.Count > 0)
        {
            return DaemonConfiguration.None;
        }

        try
        {
            var configuration = DaemonConfiguration.Of(request.ConfigFile, registries);
            var own = request.ConfigFile.Length > 0 ? File.ReadAllText(request.ConfigFile) : "";
            foreach (var registry in registries.Where(registry => DaemonConfiguration.Mentions(own, registry.Host)))
            {
                Add("BuildKitRegistry", registry.Host, $"{request.ConfigFile} has a section for this registry already");
            }

            return configuration;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            found.Add(BuilderDiagnostics.CertificateMissing.At(
                request.Location, name, request.ConfigFile, "configuration or certificates", "cannot be read: " + failure.Message));
            return DaemonConfiguration.None;
        }
    }

    private void Add(string itemName, string include, string problem) =>
        found.Add(BuilderDiagnostics.NodeInvalid.At(
            request.Location is { } place ? ProjectFileLocation.Of(place.File, itemName, include) : null, itemName, include, problem));

    private static KeyValuePair<string, string> Split(string option)
    {
        var at = option.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? new(option.Trim(), "") : new(option[..at].Trim(), option[(at + 1)..].Trim());
    }
}
