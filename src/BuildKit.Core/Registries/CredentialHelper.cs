using System.Globalization;
using BuildKit.Core.Environments;
using BuildKit.Core.Json;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Registries;

/// <summary>What a credential helper gave.</summary>
/// <param name="Credential">The credential; null when it has none, or failed.</param>
/// <param name="Fault">Why it failed, beginning with its name; empty when it did not.</param>
internal sealed record HelperAnswer(RegistryCredential? Credential, string Fault = "");

/// <summary>
/// One of Docker's credential helper programs, <c>docker-credential-X</c>. Protocol:
/// https://github.com/docker/docker-credential-helpers#development (the server on standard input, JSON on standard output).
/// </summary>
/// <param name="suffix">The X of the program's name.</param>
/// <param name="environment">The environment of the build, which the program gets.</param>
/// <param name="limit">A helper that asks its user something must not hang a build.</param>
internal sealed class CredentialHelper(string suffix, BuildEnvironment environment, TimeSpan limit)
{
    private const int LongestQuote = 200;

    // What helpers say when they have nothing: credentials/error.go of the helpers, which Docker compares as well.
    private static readonly string[] NothingThere = ["credentials not found in native keychain", "no credentials server URL", "no credentials "
        + "username"];

    private string Name => "docker-credential-" + suffix;

    /// <summary>Asks for the credential of a server.</summary>
    public async Task<HelperAnswer> GetAsync(string server, CancellationToken cancellation)
    {
        if (suffix.Length == 0 || suffix.IndexOfAny(['/', '\\']) >= 0)
        {
            return new HelperAnswer(null);
        }

        if (ProgramSearch.Find(Name, environment) is not { } program)
        {
            return Failed("is not on PATH");
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(limit);
        try
        {
            return Read(await new ProgramStart(program, ["get"], environment) { Input = server }.AskAsync(timeout.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(string.Create(CultureInfo.InvariantCulture, $"did not answer within {limit.TotalSeconds:0.#} s"));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Not a program, not executable, pipe closed early: not the exception's text, which could quote the output.
            return Failed("could not be run");
        }
    }

    private HelperAnswer Read(ProgramAnswer answer)
    {
        if (answer.ExitCode != 0)
        {
            // A helper that fails has no secret to print; Docker shows the same.
            var words = $"{answer.Output}\n{answer.Error}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .FirstOrDefault("");
            words = string.Concat(words.Where(letter => !char.IsControl(letter)));
            return NothingThere.Any(known => words.Contains(known, StringComparison.OrdinalIgnoreCase)) ? new HelperAnswer(null)
                : Failed($"ended with exit code {answer.ExitCode}"
                    + (words.Length == 0 ? "" : $" (\"{(words.Length > LongestQuote ? words[..LongestQuote] + "…" : words)}\")"));
        }

        using var document = JsonElementExtensions.TryParse(System.Text.Encoding.UTF8.GetBytes(answer.Output));
        if (document is null)
        {
            return Failed("gave an answer that is no JSON");
        }

        var (user, secret) = (document.RootElement.Text("Username"), document.RootElement.Text("Secret"));
        return new HelperAnswer(secret.Length == 0 ? null
            : new RegistryCredential(
                user == "<token>" ? "" : user,
                secret,
                user == "<token>" ? RegistryCredentialKind.IdentityToken : RegistryCredentialKind.Password));
    }

    private HelperAnswer Failed(string how) => new(null, $"{Name} {how}");
}
