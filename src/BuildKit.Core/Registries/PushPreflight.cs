using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Registries;

/// <summary>Why a registry takes no push.</summary>
/// <param name="Repository">Registry and repository.</param>
/// <param name="Reason">What is known of the login.</param>
/// <param name="Registry">The registry.</param>
public sealed record PushRefusal(string Repository, string Reason, string Registry)
{
    /// <summary>BK5001 at a project.</summary>
    public Diagnostic At(SourceLocation? location) => ResultDiagnostics.PushDenied.At(location, Repository, Reason, Registry);
}

/// <summary>What a look at a registry gave.</summary>
/// <param name="Refusal">Why a push cannot succeed; null when nothing is known against it.</param>
public sealed record PushCheck(PushRefusal? Refusal);

/// <summary>
/// Looks, before a build that pushes, whether the registry will take it: a login that is missing or wrong is cheaper to
/// learn of before minutes of building.
/// </summary>
/// <param name="registries">The registries.</param>
public sealed class PushPreflight(RegistryClients registries)
{
    /// <summary>Asks the registry to begin an upload, as the push will.</summary>
    /// <param name="tag">What is to be pushed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The refusal, if there is one; nothing otherwise, also when it gives no clear answer.</returns>
    public async Task<PushCheck> CheckAsync(ImageReference tag, CancellationToken cancellation)
    {
        var host = RegistryHost.Of(tag);
        try
        {
            await registries.For(RegistryAccess.Push).CheckPushAsync(tag, cancellation).ConfigureAwait(false);
        }
        catch (RegistryException refusal) when (refusal.Kind == RegistryFailure.Denied)
        {
            return new PushCheck(new PushRefusal(tag.Name, await ReasonAsync(host, refusal, cancellation).ConfigureAwait(false), host.Name));
        }
        catch (RegistryException)
        {
            // No clear answer: the build will tell.
        }

        return new PushCheck(null);
    }

    private async Task<string> ReasonAsync(RegistryHost host, RegistryException refusal, CancellationToken cancellation) =>
        await registries.Credentials.Value.FindAsync(host, RegistryAccess.Push, cancellation).ConfigureAwait(false) is null
            ? "there is no login for it on this machine"
            : refusal.StatusCode == 403 ? "the user that this machine is logged in with may not push there"
            : "it does not accept the login that this machine has";
}
