using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BuildKit.Core.Certificates;

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

    private RegistryCertificates(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            try
            {
                if (file.EndsWith(".crt", StringComparison.Ordinal))
                {
                    authorities.ImportFromPemFile(file);
                }
                else if (file.EndsWith(".cert", StringComparison.Ordinal))
                {
                    clients.Add(ClientCertificate.Load(file, Path.ChangeExtension(file, ".key")));
                }
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                // A file that cannot be read cannot be trusted; the handshake then says what is missing.
            }
        }
    }

    /// <summary>Where Docker looks: the engine's folder, that of a rootless engine, and that of Docker Desktop.</summary>
    public static IReadOnlyList<string> DefaultFolders(IReadOnlyDictionary<string, string> environment)
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
    /// <returns>Null when it has no folder of its own.</returns>
    public static RegistryCertificates? Find(IReadOnlyList<string> folders, string authority)
    {
        // Windows allows no colon in a folder's name; Docker leaves it out there.
        var name = OperatingSystem.IsWindows() ? authority.Replace(":", "", StringComparison.Ordinal) : authority;
        try
        {
            return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists) is { } found
                ? new RegistryCertificates(found)
                : null;
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
}
