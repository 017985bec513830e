using System.Text;
using System.Text.Json;
using BuildKit.Core.Environments;
using BuildKit.Core.Json;

namespace BuildKit.Core.Registries;

/// <summary>
/// Docker's <c>config.json</c>, as far as it concerns registries and the choice of the engine. A missing or broken file
/// reads as an empty one: Docker itself then goes on without it. Form:
/// https://docs.docker.com/reference/cli/docker/#configuration-files
/// </summary>
public sealed class DockerConfigFile
{
    private DockerConfigFile(string folder) => Folder = folder;

    /// <summary>The folder of the file, which also holds contexts; empty when there is no home folder either.</summary>
    public string Folder { get; }

    /// <summary>Program suffix of the helper for all registries (<c>credsStore</c>); empty when there is none.</summary>
    public string CredentialsStore { get; private init; } = "";

    /// <summary>Registry to program suffix (<c>credHelpers</c>).</summary>
    public IReadOnlyDictionary<string, string> CredentialHelpers { get; private init; } = new Dictionary<string, string>();

    /// <summary>The context chosen by <c>docker context use</c>; empty stands for the default one.</summary>
    public string CurrentContext { get; private init; } = "";

    /// <summary>Folders where Docker's CLI looks for plugins first (<c>cliPluginsExtraDirs</c>).</summary>
    public IReadOnlyList<string> PluginFolders { get; private init; } = [];

    /// <summary>
    /// Proxies that Docker's CLI hands to builds: engine address (or <c>default</c>) to settings
    /// (<c>httpProxy</c>, <c>httpsProxy</c>, <c>noProxy</c>, <c>ftpProxy</c>, <c>allProxy</c>). Addresses may hold a
    /// password: not for any log.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Proxies { get; private init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Registry, as written in the file, to credential (<c>auths</c>).</summary>
    internal IReadOnlyDictionary<string, RegistryCredential> Credentials { get; private init; } =
        new Dictionary<string, RegistryCredential>();

    /// <summary>Where Docker's CLI keeps its files: <c>DOCKER_CONFIG</c>, else <c>.docker</c> in the home folder.</summary>
    /// <returns>Empty when neither is known.</returns>
    public static string FolderFor(BuildEnvironment environment)
    {
        var folder = environment.GetValueOrDefault("DOCKER_CONFIG", "");
        var home = HomeOf(environment);
        return folder.Length > 0 ? folder : home.Length > 0 ? Path.Combine(home, ".docker") : "";
    }

    /// <summary>Reads the file that Docker's CLI would read.</summary>
    public static DockerConfigFile Load(BuildEnvironment environment)
    {
        var folder = FolderFor(environment);
        try
        {
            return folder.Length == 0
                ? new DockerConfigFile("")
                : Parse(folder, File.ReadAllBytes(Path.Combine(folder, "config.json")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DockerConfigFile(folder);
        }
    }

    /// <summary>Reads the text of such a file.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="utf8">The text.</param>
    public static DockerConfigFile Parse(string folder, ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonElementExtensions.TryParse(utf8);
        if (document is null)
        {
            return new DockerConfigFile(folder);
        }

        var root = document.RootElement;
        return new DockerConfigFile(folder)
        {
            PluginFolders = root.Texts("cliPluginsExtraDirs"),
            CredentialsStore = root.Text("credsStore"),
            CredentialHelpers = TextsOf(root.Members("credHelpers")),
            CurrentContext = root.Text("currentContext"),
            Credentials = CredentialsOf(folder, root),
            Proxies = root.Members("proxies").ToDictionary(
                proxy => proxy.Name,
                IReadOnlyDictionary<string, string> (proxy) =>
                    TextsOf(proxy.Value.ValueKind == JsonValueKind.Object ? proxy.Value.EnumerateObject() : default)),
        };
    }

    /// <summary>The home folder as Docker finds it, from the environment alone.</summary>
    internal static string HomeOf(BuildEnvironment environment) =>
        environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", "");

    private static Dictionary<string, string> TextsOf(IEnumerable<JsonProperty> members)
    {
        var texts = new Dictionary<string, string>();
        foreach (var member in members.Where(m => m.Value.ValueKind == JsonValueKind.String))
        {
            texts[member.Name] = member.Value.AsText();
        }

        return texts;
    }

    private static Dictionary<string, RegistryCredential> CredentialsOf(string folder, JsonElement root)
    {
        var credentials = new Dictionary<string, RegistryCredential>();
        var file = folder.Length > 0 ? Path.Combine(folder, "config.json") : "DOCKER_AUTH_CONFIG";
        foreach (var entry in root.Members("auths"))
        {
            if (CredentialOf(entry.Value, $"the entry \"{entry.Name}\" of {file}") is { } credential)
            {
                credentials[entry.Name] = credential;
            }
        }

        return credentials;
    }

    private static RegistryCredential? CredentialOf(JsonElement entry, string origin)
    {
        var (user, password) = (entry.Text("username"), entry.Text("password"));
        var buffer = new byte[entry.Text("auth").Length];
        if (Convert.TryFromBase64String(entry.Text("auth"), buffer, out var length) && length > 0)
        {
            var pair = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
            // Docker once padded passwords with NUL and cuts them off to this day.
            (user, password) = (pair[0], pair.Length == 2 ? pair[1].TrimEnd('\0') : "");
        }

        return entry.Text("identitytoken") is { Length: > 0 } identity ? new(user, identity, RegistryCredentialKind.IdentityToken)
            : entry.Text("registrytoken") is { Length: > 0 } token ? new(user, token, RegistryCredentialKind.RegistryToken) { Origin = origin }
            : user.Length > 0 && password.Length > 0 ? new(user, password, RegistryCredentialKind.Password)
            : null; // After "docker login" with a store, entries are empty objects.
    }
}
