using System.Text.Json;
using BuildKit.Core.Environments;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Registries;

/// <summary>
/// One of Docker's credential helper programs, <c>docker-credential-X</c>. Protocol:
/// https://github.com/docker/docker-credential-helpers#development (the server on standard input, JSON on standard output).
/// </summary>
/// <param name="suffix">The X of the program's name.</param>
/// <param name="environment">The environment of the build, which the program gets.</param>
/// <param name="limit">A helper that asks its user something must not hang a build.</param>
internal sealed class CredentialHelper(string suffix, BuildEnvironment environment, TimeSpan limit)
{
    /// <summary>Asks for the credential of a server.</summary>
    /// <returns>Null when the helper has none, is missing, fails, or takes too long: Docker then goes on without.</returns>
    public async Task<RegistryCredential?> GetAsync(string server, CancellationToken cancellation)
    {
        if (FindProgram() is not { } program)
        {
            return null;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(limit);
        try
        {
            var answer = await new ProgramStart(program, ["get"], environment) { Input = server }.AskAsync(timeout.Token).ConfigureAwait(false);
            return answer.ExitCode == 0 ? Read(answer.Output) : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Not a program, not executable, pipe closed early: never an exception, since its text could quote the output.
            return null;
        }
    }

    private static RegistryCredential? Read(string output)
    {
        using var document = JsonElementExtensions.TryParse(System.Text.Encoding.UTF8.GetBytes(output));
        var root = document?.RootElement ?? default(JsonElement);
        var (user, secret) = (root.Text("Username"), root.Text("Secret"));
        return secret.Length == 0 ? null
            : new RegistryCredential(
                user == "<token>" ? "" : user,
                secret,
                user == "<token>" ? RegistryCredentialKind.IdentityToken : RegistryCredentialKind.Password);
    }

    private string? FindProgram() => suffix.Length == 0 || suffix.IndexOfAny(['/', '\\']) >= 0 ? null
        : ProgramSearch.Find("docker-credential-" + suffix, environment);
}
