namespace BuildKit.Core.Environments;

/// <summary>How our own questions reach a registry: what a project's item <c>BuildKitRegistry</c> says of it.</summary>
/// <param name="Host">Host, or host:port, as it stands in image names.</param>
/// <param name="Insecure">Whether plain http, or any certificate, will do.</param>
/// <param name="CertificateAuthority">Full path of its authority's certificate (PEM); empty for the system's.</param>
/// <param name="ClientCertificate">Full path of a client certificate (PEM); empty for none.</param>
/// <param name="ClientKey">Full path of its key; empty for none.</param>
public sealed record RegistryTrust(
    string Host, bool Insecure, string CertificateAuthority = "", string ClientCertificate = "", string ClientKey = "");
