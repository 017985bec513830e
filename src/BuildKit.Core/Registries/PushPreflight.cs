using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;

namespace BuildKit.Core.Registries;

/// <summary>Why a registry takes no push.</summary>
public enum PushRefusalKind
{
    /// <summary>The login is missing, wrong or has no right.</summary>
    Login,

    /// <summary>The credential helper failed.</summary>
    Helper,

    /// <summary>Neither this machine nor the engine reaches the registry.</summary>
    Unreachable,
}

/// <summary>Why a registry takes no push.</summary>
/// <param name="Repository">Registry and repository.</param>
/// <param name="Reason">What is known of it.</param>
/// <param name="Registry">The registry.</param>
/// <param name="Kind">Its kind.</param>
public sealed record PushRefusal(string Repository, string Reason, string Registry, PushRefusalKind Kind = PushRefusalKind.Login)
{
    /// <summary>BK1074, BK5001 or BK5010 at a project.</summary>
    public Diagnostic At(SourceLocation? location) => Kind switch
    {
        PushRefusalKind.Helper => EngineDiagnostics.CredentialHelperFailed.At(location, Registry, Reason),
        PushRefusalKind.Unreachable => ResultDiagnostics.PushUnreachable.At(location, Repository, Reason),
        _ => ResultDiagnostics.PushDenied.At(location, Repository, Reason, Registry),
    };
}

/// <summary>What a look at a registry gave.</summary>
/// <param name="Refusal">Why a push cannot succeed; null when nothing is known against it.</param>
/// <param name="Doubt">Why it is not known whether one can succeed; empty when it is known.</param>
public sealed record PushCheck(PushRefusal? Refusal, string Doubt = "")
{
    /// <summary>BK5021 at a project; null without a doubt.</summary>
    /// <param name="tag">What is pushed.</param>
    /// <param name="location">The project.</param>
    public Diagnostic? DoubtAt(ImageReference tag, SourceLocation? location) =>
        Doubt.Length == 0 ? null : ResultDiagnostics.PushNotAsked.At(location, tag?.Name ?? "", Doubt);
}

/// <summary>
/// Looks, before a build that pushes, whether the registry will take it: a login that is missing or wrong, and a name that nobody
/// knows, are cheaper to learn of before minutes of building.
/// </summary>
/// <param name="registries">The registries.</param>
public sealed class PushPreflight(RegistryClients registries)
{
    /// <summary>
    /// Asks who will push whether a registry that cannot be reached from here is out of its reach too; null when it cannot be asked.
    /// Null when nobody is to be asked.
    /// </summary>
    public Func<ImageReference, CancellationToken, Task<bool?>>? IsOutOfReach { get; init; }

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
            return new PushCheck(await RefusalAsync(tag, host, refusal, cancellation).ConfigureAwait(false));
        }
        catch (RegistryException failure) when (failure.Kind == RegistryFailure.Unreachable)
        {
            // A builder elsewhere may know the name or the way.
            var outOfReach = failure.IsSilence || IsOutOfReach is null ? null : await IsOutOfReach(tag, cancellation).ConfigureAwait(false);
            return outOfReach == true ? new PushCheck(new PushRefusal(tag.Name, failure.Message.TrimEnd('.'), host.Name, PushRefusalKind.Unreachable))
                : new PushCheck(null, outOfReach == false ? "" : failure.Message);
        }
        catch (RegistryException)
        {
            // No clear answer: the build will tell.
        }

        return new PushCheck(null);
    }

    private async Task<PushRefusal> RefusalAsync(ImageReference tag, RegistryHost host, RegistryException refusal, CancellationToken cancellation)
    {
        var credentials = registries.Credentials.Value;
        var found = await credentials.FindAsync(host, RegistryAccess.Push, cancellation).ConfigureAwait(false);
        return found is null && credentials.HelperFaultOf(host) is { Length: > 0 } fault
            ? new PushRefusal(tag.Name, fault, host.Name, PushRefusalKind.Helper)
            : new PushRefusal(tag.Name, found is null ? "there is no login for it on this machine"
                : refusal.StatusCode == 403 ? "the user that this machine is logged in with may not push there"
                : "it does not accept the login that this machine has", host.Name);
    }
}
