using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Registries;

/// <summary>
/// Certificates for one registry as Docker keeps them: in <c>certs.d/HOST:PORT/</c> each <c>*.crt</c> is a trusted
/// authority, and a <c>*.cert</c> with its <c>*.key</c> identifies the client.
/// https://docs.docker.com/engine/security/certificates/
/// </summary>
internal sealed class RegistryCertificates
{
    private readonly X509Certificate2Collection authorities = [];
    private readonly X509CertificateCollection clients = [];

    private RegistryCertificates(string? folder, IEnumerable<RegistryTrust> trusts)
    {
        foreach (var file in folder is null ? Enumerable.Empty<string>() : Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (file.EndsWith(".crt", StringComparison.Ordinal))
            {
                Read(() => authorities.ImportFromPemFile(file));
            }
            else if (file.EndsWith(".cert", StringComparison.Ordinal))
            {
                Read(() => clients.Add(ClientCertificate.Load(file, Path.ChangeExtension(file, ".key"))));
            }
        }

        foreach (var registry in trusts)
        {
            if (registry.CertificateAuthority.Length > 0)
            {
                Read(() => authorities.ImportFromPemFile(registry.CertificateAuthority));
            }

            if (registry.ClientCertificate.Length > 0)
            {
                Read(() => clients.Add(ClientCertificate.Load(registry.ClientCertificate, registry.ClientKey)));
            }
        }
    }

    /// <summary>Where Docker looks: the engine's folder, that of a rootless engine, and that of Docker Desktop.</summary>
    public static IReadOnlyList<string> DefaultFolders(BuildEnvironment environment)
    {
        var home = DockerConfigFile.HomeOf(environment);
        if (OperatingSystem.IsWindows())
        {
            return [Path.Combine(environment.GetValueOrDefault("ProgramData", @"C:\ProgramData"), "docker", "certs.d")];
        }

        var configuration = environment.GetValueOrDefault("XDG_CONFIG_HOME", Path.Combine(home, ".config"));
        return home.Length == 0
            ? ["/etc/docker/certs.d"]
            : ["/etc/docker/certs.d", Path.Combine(configuration, "docker", "certs.d"), Path.Combine(home, ".docker", "certs.d")];
    }

    /// <summary>The certificates of a registry.</summary>
    /// <param name="folders">Folders with a folder for each registry.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="trusts">What the project says about registries.</param>
    /// <returns>Null when it has no folder of its own, and the project has no certificates for it.</returns>
    public static RegistryCertificates? Find(IReadOnlyList<string> folders, Uri address, IReadOnlyList<RegistryTrust> trusts)
    {
        // Windows allows no colon in a folder's name; Docker leaves it out there.
        var name = OperatingSystem.IsWindows() ? address.Authority.Replace(":", "", StringComparison.Ordinal) : address.Authority;
        var own = trusts.Where(registry => registry.CertificateAuthority.Length + registry.ClientCertificate.Length > 0 && IsFor(registry, address))
            .ToList();
        try
        {
            var found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);
            return found is not null || own.Count > 0 ? new RegistryCertificates(found, own) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Adds them to a connection's settings.</summary>
    public void ApplyTo(SslClientAuthenticationOptions ssl)
    {
        ssl.ClientCertificates = clients;
        ssl.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is not null && IsTrusted(certificate, chain));
    }

    private static void Read(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // A file that cannot be read cannot be trusted; the handshake then says what is missing.
        }
    }

    private bool IsTrusted(X509Certificate certificate, X509Chain? sent)
    {
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // A private authority mostly publishes no revocation list.
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return own.Build(certificate as X509Certificate2 ?? new X509Certificate2(certificate));
    }

    private static bool IsFor(RegistryTrust registry, Uri address) =>
        Uri.TryCreate($"{address.Scheme}://{RegistryHost.Of(registry.Host).Authority}", UriKind.Absolute, out var own)
        && own.Authority.Equals(address.Authority, StringComparison.OrdinalIgnoreCase);
}
