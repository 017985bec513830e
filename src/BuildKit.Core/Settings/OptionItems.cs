using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>Reads the items that give options to the build, each family into its type.</summary>
internal static class OptionItems
{
    /// <summary><c>BuildKitBuildArg</c>: <c>Value</c>, or <c>NAME=VALUE</c>, or the variable of that name.</summary>
    public static IReadOnlyList<BuildArgument> BuildArguments(ImageSettings settings, SettingDiagnostics diagnostics) =>
        Read(settings, "BuildKitBuildArg", diagnostics, item =>
        {
            var pair = item.Include.Split('=', 2);
            // Metadata that is there but empty is an empty value; one that is missing means the environment.
            var value = pair.Length == 2 ? pair[1] : item.Metadata.GetValueOrDefault("Value");
            return new BuildArgument(pair[0].Trim(), value, !item["Sensitive"].Equals("false", StringComparison.OrdinalIgnoreCase));
        }, (argument, location) => argument.Validate(location));

    /// <summary><c>BuildKitSecret</c>: <c>EnvironmentVariable</c> or <c>File</c>.</summary>
    public static IReadOnlyList<BuildSecret> Secrets(ImageSettings settings, SettingDiagnostics diagnostics) =>
        Read(settings, "BuildKitSecret", diagnostics,
            item => new BuildSecret(item.Include, item["EnvironmentVariable"], FileOf(settings, item["File"])),
            (secret, location) => secret.Validate(settings.Environment, location));

    /// <summary><c>BuildKitSsh</c>: <c>Path</c>, or the agent of the environment.</summary>
    public static IReadOnlyList<SshAgent> SshAgents(ImageSettings settings, SettingDiagnostics diagnostics) =>
        Read(settings, "BuildKitSsh", diagnostics,
            item => new SshAgent(item.Include, FileOf(settings, item["Path"])),
            (agent, location) => agent.Validate(location));

    /// <summary><c>BuildKitNamedContext</c>: <c>Source</c>.</summary>
    public static IReadOnlyList<NamedContext> NamedContexts(ImageSettings settings, SettingDiagnostics diagnostics) =>
        Read(settings, "BuildKitNamedContext", diagnostics,
            item => new NamedContext(item.Include, NamedContext.HasScheme(item["Source"]) ? item["Source"] : FileOf(settings, item["Source"])),
            (context, location) => context.Validate(location));

    /// <summary><c>BuildKitExtraHost</c>: <c>Address</c>.</summary>
    public static IReadOnlyList<ExtraHost> ExtraHosts(ImageSettings settings, SettingDiagnostics diagnostics) =>
        Read(settings, "BuildKitExtraHost", diagnostics,
            item => new ExtraHost(item.Include, item["Address"]),
            (host, location) => host.Validate(location));

    /// <summary><c>ContainerLabel</c>: <c>Value</c>; the last one of a name wins.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Labels(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in settings.ItemsOf("ContainerLabel"))
        {
            if (item.Include.Trim().Length == 0 || item.Include.Contains('=', StringComparison.Ordinal))
            {
                diagnostics.Add(PropertyDiagnostics.InvalidName.At(
                    ProjectFileLocation.Of(settings.ProjectFile, "ContainerLabel", item.Include), "The label", item.Include,
                    "its name may not be empty or have '='"));
            }

            labels[item.Include] = item["Value"];
        }

        return [.. labels];
    }

    private static IReadOnlyList<T> Read<T>(
        ImageSettings settings, string name, SettingDiagnostics diagnostics,
        Func<SettingItem, T> read, Func<T, SourceLocation?, Diagnostic?> validate)
    {
        var values = new List<T>();
        foreach (var item in settings.ItemsOf(name))
        {
            var value = read(item);
            diagnostics.AddItem(name, item.Include, location => validate(value, location));
            values.Add(value);
        }

        return values;
    }

    private static string FileOf(ImageSettings settings, string path) => path.Length == 0 ? "" : settings.FullPath(path);
}
