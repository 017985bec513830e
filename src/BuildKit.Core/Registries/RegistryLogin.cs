using BuildKit.Core.Environments;
using BuildKit.Core.Images;

namespace BuildKit.Core.Registries;

/// <summary>The login that a registry was shown.</summary>
/// <param name="Text">In words.</param>
/// <param name="HelperFault">Why the credential helper gave none, beginning with its name; empty when it did not fail.</param>
internal sealed record ShownLogin(string Text, string HelperFault = "");

/// <summary>Names the login that BuildKit had for a registry that refused something.</summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="pushed">What is pushed: for its registries the SDK's variables hold too (<see cref="TemporaryDockerConfig"/>).</param>
internal sealed class RegistryLogin(BuildEnvironment environment, IReadOnlyList<ImageReference> pushed)
{
    /// <summary>The login in words; asked after a failure only, since a helper program may be started for it.</summary>
    public async Task<ShownLogin> OfAsync(string registry, CancellationToken cancellation)
    {
        var host = RegistryHost.Of(registry);
        var docker = OfDocker();
        var found = (pushed.Any(reference => RegistryHost.Of(reference) == host) ? RegistryCredentials.OfVariables(environment, RegistryAccess.Push)
            : null)
            ?? await docker.FindAsync(host, RegistryAccess.Push, cancellation).ConfigureAwait(false);
        return found is null ? new ShownLogin("there is no login for it on this machine", docker.HelperFaultOf(host))
            : new ShownLogin(found.UserName.Length > 0 ? $"logged in as \"{found.UserName}\"" : "logged in with a token");
    }

    // Docker's command line, which hands BuildKit the login, knows nothing of the SDK's variables.
    private RegistryCredentials OfDocker() => new(
        DockerConfigFile.Load(environment),
        environment.Without(name =>
            name.StartsWith("DOTNET_CONTAINER_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("SDK_CONTAINER_", StringComparison.OrdinalIgnoreCase)));
}
