using System.Text.RegularExpressions;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;

namespace BuildKit.Core.Engines;

/// <summary>Asks an engine whether it reaches a registry: it may have other name servers, proxies and networks than its client.</summary>
internal static partial class EngineReach
{
    /// <summary>Whether a registry is out of the engine's reach.</summary>
    /// <param name="image">An image of the registry; it need not exist.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>Null when the engine cannot be asked.</returns>
    public static async Task<bool?> IsOutOfReachAsync(ImageReference image, BuildEnvironment environment, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        if (!endpoint.CanCall)
        {
            return null;
        }

        try
        {
            using var api = new EngineApi(endpoint);
            await api.FindDistributionAsync(image, cancellation).ConfigureAwait(false);
            return false;
        }
        catch (EngineException failure)
        {
            return failure.Kind == EngineFailure.Http ? Unreachable().IsMatch(failure.Reason) : null;
        }
    }

    // The texts are those of Go's network library.
    [GeneratedRegex("no such host|connection refused|no route to host|network is unreachable")]
    private static partial Regex Unreachable();
}
