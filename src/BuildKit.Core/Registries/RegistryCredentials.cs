using System.Collections.Concurrent;
using System.Text;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Registries;

/// <summary>What a registry is asked for; decides which of the SDK's environment variables hold.</summary>
public enum RegistryAccess
{
    /// <summary>Reading from somebody else's registry, for example a base image.</summary>
    Pull,

    /// <summary>Writing to the registry of the result.</summary>
    Push,

    /// <summary>Reading from the registry of the result.</summary>
    PullFromOutput,
}

/// <summary>
/// Finds the credential for a registry: the .NET SDK's environment variables first (they hold for any registry), then
/// Docker's own order: <c>DOCKER_AUTH_CONFIG</c>, the registry's helper (<c>credHelpers</c>) or else the helper for all
/// (<c>credsStore</c>), then <c>auths</c> of config.json.
/// </summary>
public sealed class RegistryCredentials
{
    private static readonly TimeSpan HelperLimit = TimeSpan.FromSeconds(10);

    private readonly BuildEnvironment environment;
    private readonly TimeSpan helperLimit;
    private readonly ConcurrentDictionary<string, Lazy<Task<RegistryCredential?>>> fromHelpers = new();
    private readonly ConcurrentDictionary<string, string> helperFaults = new();

    /// <summary>Makes a finder.</summary>
    /// <param name="config">Docker's configuration.</param>
    /// <param name="environment">Environment of the build.</param>
    public RegistryCredentials(DockerConfigFile config, BuildEnvironment environment)
        : this(config, environment, HelperLimit)
    {
    }

    internal RegistryCredentials(DockerConfigFile config, BuildEnvironment environment, TimeSpan helperLimit) =>
        (Config, this.environment, this.helperLimit) = (config, environment, helperLimit);

    /// <summary>Those of this machine, read when they are asked for.</summary>
    internal static Lazy<RegistryCredentials> Of(BuildEnvironment environment, RegistryClientOptions options) =>
        new(() => new RegistryCredentials(DockerConfigFile.Load(environment), environment, options.HelperLimit));

    /// <summary>Docker's configuration.</summary>
    public DockerConfigFile Config { get; }

    /// <summary>
    /// Finds the credential. A helper program is started once for a registry, and for at most 10 seconds: its answer holds
    /// for all who ask, so it does not end with the first of them.
    /// </summary>
    /// <returns>Null when there is none: the registry is then asked without one.</returns>
    public async Task<RegistryCredential?> FindAsync(RegistryHost host, RegistryAccess access, CancellationToken cancellation)
    {
        if (FromVariables(access) is { } fromVariables)
        {
            return fromVariables;
        }

        if (environment.TryGetValue("DOCKER_AUTH_CONFIG", out var text)
            && FromFile(DockerConfigFile.Parse("", Encoding.UTF8.GetBytes(text)), host) is { } fromText)
        {
            return fromText;
        }

        var helper = Config.CredentialHelpers.GetValueOrDefault(host.CredentialKey, Config.CredentialsStore);
        // Docker takes a helper's silence as "no credential"; we then look at auths too, since people put entries there by hand.
        return (helper.Length == 0
                ? null
                : await fromHelpers.GetOrAdd(host.CredentialKey, key => new(() => AskAsync(helper, key))).Value.WaitAsync(cancellation)
                    .ConfigureAwait(false))
            ?? FromFile(Config, host);
    }

    /// <summary>
    /// Why the helper of a registry that was looked up gave nothing, beginning with its name; empty when it did not fail or was not
    /// asked.
    /// </summary>
    internal string HelperFaultOf(RegistryHost host) => helperFaults.GetValueOrDefault(host.CredentialKey, "");

    /// <summary>The credential of the SDK's environment variables alone; null when they are not set.</summary>
    internal static RegistryCredential? OfVariables(BuildEnvironment environment, RegistryAccess access) =>
        new RegistryCredentials(DockerConfigFile.Parse("", "{}"u8.ToArray()), environment).FromVariables(access);

    private async Task<RegistryCredential?> AskAsync(string helper, string key)
    {
        var answer = await new CredentialHelper(helper, environment, helperLimit).GetAsync(key, CancellationToken.None).ConfigureAwait(false);
        if (answer.Fault.Length > 0)
        {
            helperFaults[key] = answer.Fault;
        }

        return answer.Credential;
    }

    // The names and their order are the SDK's (AuthHandshakeMessageHandler, SDK 10).
    private RegistryCredential? FromVariables(RegistryAccess access) => access switch
    {
        RegistryAccess.Pull => FromVariables("DOTNET_CONTAINER_PULL_REGISTRY"),
        RegistryAccess.Push => FromVariables("DOTNET_CONTAINER_PUSH_REGISTRY") ?? FromCommonVariables(),
        _ => FromVariables("DOTNET_CONTAINER_PULL_REGISTRY") ?? FromCommonVariables(),
    };

    private RegistryCredential? FromCommonVariables() =>
        FromVariables("DOTNET_CONTAINER_REGISTRY") ?? FromVariables("SDK_CONTAINER_REGISTRY");

    private RegistryCredential? FromVariables(string prefix)
    {
        var user = environment.GetValueOrDefault(prefix + "_UNAME", "");
        var secret = environment.GetValueOrDefault(prefix + "_PWORD", "");
        if (user.Length == 0 || secret.Length == 0)
        {
            return null;
        }

        // The SDK follows Docker's helpers here: this user name marks a refresh token.
        return user == "<token>"
            ? new RegistryCredential("", secret, RegistryCredentialKind.IdentityToken)
            : new RegistryCredential(user, secret, RegistryCredentialKind.Password);
    }

    private static RegistryCredential? FromFile(DockerConfigFile config, RegistryHost host) =>
        config.Credentials.TryGetValue(host.CredentialKey, out var exact)
            ? exact
            : config.Credentials.FirstOrDefault(entry => HostOf(entry.Key) == host.Name).Value;

    // Old entries are addresses ("https://registry/v1/"); Docker compares their host.
    private static string HostOf(string key)
    {
        var start = key.IndexOf("://", StringComparison.Ordinal) is var scheme && scheme >= 0 ? scheme + 3 : 0;
        var end = key.IndexOf('/', start);
        return end < 0 ? key[start..] : key[start..end];
    }
}
