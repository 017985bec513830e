namespace BuildKit.Core.Registries;

/// <summary>What the secret of a credential is.</summary>
public enum RegistryCredentialKind
{
    /// <summary>A password (or access token in a password's place), sent as Basic authorization.</summary>
    Password,

    /// <summary>A refresh token, exchanged for access tokens (<c>identitytoken</c>).</summary>
    IdentityToken,

    /// <summary>An access token, sent as it is (<c>registrytoken</c>).</summary>
    RegistryToken,
}

/// <summary>
/// A user and a secret for one registry. Not a record, so that no printed form ever shows the secret.
/// </summary>
public sealed class RegistryCredential(string userName, string secret, RegistryCredentialKind kind)
{
    /// <summary>The user; may be empty with a token.</summary>
    public string UserName { get; } = userName;

    /// <summary>What the secret is.</summary>
    public RegistryCredentialKind Kind { get; } = kind;

    /// <summary>Where it is written, for messages; empty when that is not known.</summary>
    internal string Origin { get; init; } = "";

    /// <summary>The secret itself; only for the Authorization header.</summary>
    internal string Secret { get; } = secret;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} of a registry user";
}
