using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Requests;

/// <summary>Reads the values of secrets into memory for one purpose: to keep them out of every text that is shown.</summary>
public static class SecretValues
{
    // Keys and tokens are small; a large file is data, and looking for it in each line would cost more than it helps.
    private const int LargestFile = 64 * 1024;

    /// <summary>A redactor for the secrets of a request.</summary>
    public static SecretRedactor Of(IReadOnlyList<BuildSecret> secrets, BuildEnvironment environment) =>
        secrets.Count == 0 ? SecretRedactor.None : new SecretRedactor(secrets.Select(secret => ValueOf(secret, environment)));

    /// <summary>A redactor for all of a request that looks like a secret, build arguments and the URLs of contexts included.</summary>
    public static SecretRedactor Of(BuildRequest request, BuildEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(request);
        var contexts = request.NamedContexts.Select(context => context.Source).Prepend(request.Context);
        return Of(request.Secrets, request.BuildArguments, contexts, environment);
    }

    /// <summary>A redactor for secrets, and for what looks like one among build arguments and contexts.</summary>
    public static SecretRedactor Of(
        IEnumerable<BuildSecret> secrets, IEnumerable<BuildArgument> arguments, IEnumerable<string> contexts, BuildEnvironment environment)
    {
        // An argument is no place for a secret (BK2010), but one that is there must not be in the log as well.
        var values = arguments.Where(argument => argument.Validate(null) is not null)
            .Select(argument => argument.Value ?? environment.GetValueOrDefault(argument.Name));
        return new SecretRedactor([.. secrets.Select(secret => ValueOf(secret, environment)), .. values, .. contexts.SelectMany(UrlCredentials.Of)]);
    }

    private static string? ValueOf(BuildSecret secret, BuildEnvironment environment)
    {
        if (secret.EnvironmentVariable.Length > 0)
        {
            return environment.GetValueOrDefault(secret.EnvironmentVariable);
        }

        try
        {
            var file = new FileInfo(secret.File);
            return file.Exists && file.Length <= LargestFile ? File.ReadAllText(secret.File) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
