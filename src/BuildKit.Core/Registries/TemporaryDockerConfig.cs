using System.Text;
using System.Text.Json;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Registries;

/// <summary>
/// The SDK's credentials (<c>DOTNET_CONTAINER_REGISTRY_UNAME</c> and <c>_PWORD</c>) for Docker's command line, which does
/// not know them: a folder that only this user can read, with a copy of the user's config.json and the credential,
/// for the time of one build. The user's files stay as they are, and his builders, contexts and plugins are found.
/// </summary>
internal sealed class TemporaryDockerConfig : IDisposable
{
    private readonly TemporaryFolder folder;

    private TemporaryDockerConfig(TemporaryFolder folder, IReadOnlyDictionary<string, string?> variables) =>
        (this.folder, Variables) = (folder, variables);

    /// <summary>Variables that make Docker's command line use it.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>Makes the folder.</summary>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="references">What is pushed.</param>
    /// <returns>Null when the variables are not set: then nothing is made.</returns>
    public static TemporaryDockerConfig? Create(BuildEnvironment environment, IEnumerable<ImageReference> references)
    {
        var hosts = references.Where(reference => reference.Registry.Length > 0).Select(RegistryHost.Of).Distinct().ToList();
        if (hosts.Count == 0 || RegistryCredentials.OfVariables(environment, RegistryAccess.Push) is not { } credential)
        {
            return null;
        }

        var made = TemporaryFolder.Create();
        var folder = made.Path;
        var own = DockerConfigFile.FolderFor(environment);
        try
        {
            Write(Path.Combine(folder, "config.json"), own, hosts, credential);
            if (Directory.Exists(Path.Combine(own, "contexts")))
            {
                Link(Path.Combine(folder, "contexts"), Path.Combine(own, "contexts"));
            }
        }
        catch
        {
            made.Dispose();
            throw;
        }

        var variables = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = folder };
        if (environment.GetValueOrDefault("BUILDX_CONFIG", "").Length == 0)
        {
            variables["BUILDX_CONFIG"] = Path.Combine(own, "buildx");
        }

        return new TemporaryDockerConfig(made, variables);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static void Write(string path, string own, IReadOnlyList<RegistryHost> hosts, RegistryCredential credential)
    {
        using var document = JsonElementExtensions.TryRead(Path.Combine(own, "config.json"));
        var root = document?.RootElement ?? default(JsonElement);
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        foreach (var member in root.ValueKind == JsonValueKind.Object ? root.EnumerateObject() : default)
        {
            if (member.Name is not ("auths" or "credHelpers" or "cliPluginsExtraDirs"))
            {
                member.WriteTo(json);
            }
        }

        bool IsOurs(JsonProperty member) => hosts.Any(host => host.CredentialKey == member.Name);
        json.WriteStartObject("auths");
        root.Members("auths").Where(member => !IsOurs(member)).ToList().ForEach(member => member.WriteTo(json));
        hosts.ToList().ForEach(host => WriteCredential(json, host, credential));
        json.WriteEndObject();

        // An empty name makes Docker look into the file for this registry, whatever credsStore says.
        json.WriteStartObject("credHelpers");
        root.Members("credHelpers").Where(member => !IsOurs(member)).ToList().ForEach(member => member.WriteTo(json));
        hosts.ToList().ForEach(host => json.WriteString(host.CredentialKey, ""));
        json.WriteEndObject();

        json.WriteTexts("cliPluginsExtraDirs", root.Texts("cliPluginsExtraDirs").Append(Path.Combine(own, "cli-plugins")));
        json.WriteEndObject();
    }

    private static void WriteCredential(Utf8JsonWriter json, RegistryHost host, RegistryCredential credential)
    {
        json.WriteStartObject(host.CredentialKey);
        if (credential.Kind == RegistryCredentialKind.IdentityToken)
        {
            json.WriteString("identitytoken", credential.Secret);
        }

        json.WriteString("auth", Convert.ToBase64String(Encoding.UTF8.GetBytes(
            credential.UserName + ":" + (credential.Kind == RegistryCredentialKind.Password ? credential.Secret : ""))));
        json.WriteEndObject();
    }

    // A link where the system lets everybody make one.
    private static void Link(string path, string target)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(path, target);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(path, Path.GetRelativePath(target, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
