using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class PlanBuilds
{
    // The core knows items by the names that projects give them.
    private Dictionary<string, IReadOnlyList<SettingItem>> Items() => new()
    {
        ["BuildKitBuildArg"] = TaskItems.ToSettings(BuildArguments),
        ["BuildKitSecret"] = TaskItems.ToSettings(Secrets),
        ["BuildKitSsh"] = TaskItems.ToSettings(SshAgents),
        ["BuildKitNamedContext"] = TaskItems.ToSettings(NamedContexts),
        ["BuildKitExtraHost"] = TaskItems.ToSettings(ExtraHosts),
        ["BuildKitBuildOption"] = TaskItems.ToSettings(BuildOptions),
        ["BuildKitOutput"] = TaskItems.ToSettings(Outputs),
        ["ContainerLabel"] = TaskItems.ToSettings(Labels),
        ["ContainerPort"] = TaskItems.ToSettings(Ports),
        ["ContainerEnvironmentVariable"] = TaskItems.ToSettings(ContainerEnvironment),
        ["ContainerAppCommand"] = TaskItems.ToSettings(AppCommand),
        ["ContainerAppCommandArgs"] = TaskItems.ToSettings(AppCommandArgs),
        ["ContainerDefaultArgs"] = TaskItems.ToSettings(DefaultArgs),
        ["ContainerEntrypoint"] = TaskItems.ToSettings(Entrypoint),
        ["ContainerEntrypointArgs"] = TaskItems.ToSettings(EntrypointArgs),
        ["BuildKitRun"] = TaskItems.ToSettings(Commands),
        ["BuildKitCopy"] = TaskItems.ToSettings(Copies),
        ["BuildKitRegistryMirror"] = TaskItems.ToSettings(RegistryMirrors),
        ["ResolvedFileToPublish"] = [.. PublishedFiles.Select(file => new SettingItem(file.ItemSpec, new Dictionary<string, string>
        {
            // Three of some thirty metadata; copying all of them for hundreds of files would show.
            ["RelativePath"] = file.GetMetadata("RelativePath"),
            ["NuGetPackageId"] = file.GetMetadata("NuGetPackageId"),
            ["ReferenceSourceTarget"] = file.GetMetadata("ReferenceSourceTarget"),
        }))],
    };

    private static Dictionary<string, string> RuntimeProperties(IGrouping<string, ITaskItem> runtime, Dictionary<string, string> properties)
    {
        var values = new Dictionary<string, string>(properties, StringComparer.OrdinalIgnoreCase) { ["_BuildKitPublishedFor"] = runtime.Key };
        foreach (var part in runtime.Where(part => part.GetMetadata("Kind") == "Property"))
        {
            values[part.ItemSpec] = part.GetMetadata("Value");
        }

        return values;
    }

    private static Dictionary<string, IReadOnlyList<SettingItem>> RuntimeItems(IGrouping<string, ITaskItem> runtime) =>
        runtime.GroupBy(part => part.GetMetadata("Kind")).ToDictionary(kind => kind.Key, kind => TaskItems.ToSettings([.. kind]));

    private ImageSettings SettingsOf(ITaskItem definition, Dictionary<string, string> properties, Dictionary<string, IReadOnlyList<SettingItem>> items) =>
        ImageSettings.Of(definition.ItemSpec, ProjectFile, properties, TaskItems.Metadata(definition), EnvironmentVariables) with { IntermediateFolder = IntermediateFolder, Items = items };

    private ImageSettings Settings(ITaskItem definition, Dictionary<string, string> properties, Dictionary<string, IReadOnlyList<SettingItem>> items)
    {
        var settings = SettingsOf(definition, properties, items);
        return settings with
        {
            Runtimes = [.. RuntimeParts.Where(part => part.GetMetadata("Kind").Length > 0).GroupBy(part => part.GetMetadata("RuntimeIdentifier"))
                .Select(runtime => SettingsOf(definition, RuntimeProperties(runtime, properties), RuntimeItems(runtime)))],
        };
    }

    private BuilderRequest Builder(Dictionary<string, string> properties) => new()
    {
        Name = properties.GetValueOrDefault("BuildKitBuilder", ""),
        Driver = BuilderDrivers.TryParse(properties.GetValueOrDefault("BuildKitDriver", "")),
        DriverOptions = [.. DriverOptions.Select(option => $"{option.ItemSpec}={option.GetMetadata("Value")}")],
        Endpoint = properties.GetValueOrDefault("BuildKitBuilderEndpoint", ""),
        ConfigFile = properties.GetValueOrDefault("BuildKitBuilderConfigFile", ""),
        Flags = properties.GetValueOrDefault("BuildKitBuilderFlags", ""),
        Nodes = TaskItems.ToSettings(Nodes),
        Registries = TaskItems.ToSettings(Registries),
        WorkingDirectory = Path.GetDirectoryName(ProjectFile)!,
    };
}
