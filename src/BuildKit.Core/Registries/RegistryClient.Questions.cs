using BuildKit.Core.Images;

namespace BuildKit.Core.Registries;

/// <summary>A question and its limit: who does not answer is named, and not waited for as long again.</summary>
public sealed partial class RegistryClient
{
    /// <summary>Whether the registry takes connections and does not answer; false for one that cannot be reached from here.</summary>
    internal async Task<bool> IsSilentAsync(RegistryHost host, CancellationToken cancellation)
    {
        try
        {
            await AskAsync(host, limit => authorization.PingAsync(host, limit), cancellation).ConfigureAwait(false);
        }
        catch (RegistryException)
        {
            // Known below.
        }

        return pulse.IsSilent(host.Name);
    }

    private async Task<RegistryAnswer> SendAsync(
        ImageReference reference, RegistryCall call, string path, string actions, CancellationToken cancellation)
    {
        var host = RegistryHost.Of(reference);
        var repository = host.RepositoryOf(reference);
        path = path.StartsWith('/') ? path : $"/v2/{repository}/{path}";
        return await AskAsync(host, limit => authorization.SendAsync(host, call, path, $"repository:{repository}:{actions}", limit), cancellation)
            .ConfigureAwait(false);
    }

    private async Task<RegistryAnswer> AskAsync(RegistryHost host, Func<CancellationToken, Task<RegistryAnswer>> ask, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(pulse.LimitOf(host.Name));
        using var word = new Timer(_ => pulse.Wait(host.Name), null, pulse.Patience, Timeout.InfiniteTimeSpan);
        try
        {
            var answer = await ask(limit.Token).ConfigureAwait(false);
            pulse.Answered(host.Name);
            pulse.Refused(host.Name, answer.RetryAt);
            return answer;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            pulse.Missed(host.Name);
            throw RegistryFaults.NoAnswer(host.Name, e);
        }
        catch (RegistryException e)
        {
            pulse.Refused(host.Name, e.RetryAt);
            if (e.IsSilence)
            {
                pulse.Missed(host.Name);
            }

            throw;
        }
    }
}
