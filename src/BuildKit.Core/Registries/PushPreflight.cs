using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Registries;

/// <summary>What a look at a registry gave.</summary>
/// <param name="Refusal">Why a push cannot succeed; null when nothing is known against it.</param>
public sealed record PushCheck(Diagnostic? Refusal);

/// <summary>Looks, before a build that pushes, whether the registry will take it: a login that is missing or wrong is cheaper to learn of before minutes of building.</summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="options">How registries are asked; null for the defaults.</param>
public sealed class PushPreflight(IReadOnlyDictionary<string, string> environment, RegistryClientOptions? options = null)
{
    /// <summary>Asks the registry to begin an upload, as the push will.</summary>
    /// <param name="tag">What is to be pushed.</param>
    /// <param name="location">The project.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>BK5001 when the registry refuses it; nothing otherwise, also when it gives no clear answer.</returns>
    public async Task<PushCheck> CheckAsync(ImageReference tag, SourceLocation? location, CancellationToken cancellation)
    {
        var host = RegistryHost.Of(tag);
        using var registry = new RegistryClient(environment, (options ?? new RegistryClientOptions()) with { Access = RegistryAccess.Push });
        try
        {
            await registry.CheckPushAsync(tag, cancellation).ConfigureAwait(false);
        }
        catch (RegistryException refusal) when (refusal.Kind == RegistryFailure.Denied)
        {
            return new PushCheck(ResultDiagnostics.PushDenied.At(location, tag.Name, await ReasonAsync(host, refusal, cancellation).ConfigureAwait(false), host.Name));
        }
        catch (RegistryException)
        {
            // No clear answer: the build will tell.
        }

        return new PushCheck(null);
    }

    private async Task<string> ReasonAsync(RegistryHost host, RegistryException refusal, CancellationToken cancellation)
    {
        var credentials = new RegistryCredentials(DockerConfigFile.Load(environment), environment);
        return await credentials.FindAsync(host, RegistryAccess.Push, cancellation).ConfigureAwait(false) is null ? "there is no login for it on this machine"
            : refusal.StatusCode == 403 ? "the user that this machine is logged in with may not push there"
            : "it does not accept the login that this machine has";
    }
}
