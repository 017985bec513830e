using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Registries;

/// <summary>What a look at a registry gave.</summary>
/// <param name="Refusal">Why a push cannot succeed; null when nothing is known against it.</param>
public sealed record PushCheck(Diagnostic? Refusal);

/// <summary>Looks, before a build that pushes, whether there is a login for the registry.</summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="options">How registries are asked; null for the defaults.</param>
public sealed class PushPreflight(IReadOnlyDictionary<string, string> environment, RegistryClientOptions? options = null)
{
    /// <summary>Looks for a credential, and asks the registry only when there is none.</summary>
    /// <param name="tag">What is to be pushed.</param>
    /// <param name="location">The project.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>BK5001 when the registry refuses an anonymous push; nothing otherwise, also when it gives no clear answer.</returns>
    public async Task<PushCheck> CheckAsync(ImageReference tag, SourceLocation? location, CancellationToken cancellation)
    {
        var host = RegistryHost.Of(tag);
        var credentials = new RegistryCredentials(DockerConfigFile.Load(environment), environment);
        if (await credentials.FindAsync(host, RegistryAccess.Push, cancellation).ConfigureAwait(false) is not null)
        {
            // Whether it is the right one shows in the build; a second opinion here could only be wrong.
            return new PushCheck(null);
        }

        using var registry = new RegistryClient(environment, (options ?? new RegistryClientOptions()) with { Access = RegistryAccess.Push });
        try
        {
            await registry.CheckPushAsync(tag, cancellation).ConfigureAwait(false);
        }
        catch (RegistryException refusal) when (refusal.Kind == RegistryFailure.Denied)
        {
            return new PushCheck(ResultDiagnostics.PushDenied.At(location, tag.Name, "there is no login for it on this machine", host.Name));
        }
        catch (RegistryException)
        {
            // No clear answer: the build will tell.
        }

        return new PushCheck(null);
    }
}
