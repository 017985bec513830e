namespace BuildKit.Core.Drivers;

/// <summary>How a builder shall reach a registry: an item <c>BuildKitRegistry</c>.</summary>
internal sealed record RegistryDefinition
{
    /// <summary>Host, or host:port, as it stands in image names.</summary>
    public required string Host { get; init; }

    /// <summary>Whether it speaks plain http.</summary>
    public bool Http { get; init; }

    /// <summary>Whether any certificate will do.</summary>
    public bool Insecure { get; init; }

    /// <summary>Full path of the certificate of its authority (PEM); empty for the system's.</summary>
    public string CertificateAuthority { get; init; } = "";

    /// <summary>Full path of a client certificate (PEM); empty for none.</summary>
    public string ClientCertificate { get; init; } = "";

    /// <summary>Full path of the client certificate's key; empty for none.</summary>
    public string ClientKey { get; init; } = "";

    /// <summary>Hosts to read from first, in order.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>Files that buildx copies into the builder.</summary>
    public IEnumerable<string> Files => new[] { CertificateAuthority, ClientCertificate, ClientKey }.Where(file => file.Length > 0);

    /// <summary>The section of buildkitd.toml (https://docs.docker.com/build/buildkit/toml-configuration/).</summary>
    public IEnumerable<string> ToToml()
    {
        yield return $"[registry.{Quote(Host)}]";
        if (Http)
        {
            yield return "  http = true";
        }

        if (Insecure)
        {
            yield return "  insecure = true";
        }

        if (CertificateAuthority.Length > 0)
        {
            yield return $"  ca = [{Quote(CertificateAuthority)}]";
        }

        if (Mirrors.Count > 0)
        {
            yield return $"  mirrors = [{string.Join(", ", Mirrors.Select(Quote))}]";
        }

        if (ClientCertificate.Length > 0)
        {
            yield return $"  [[registry.{Quote(Host)}.keypair]]";
            yield return $"    key = {Quote(ClientKey)}";
            yield return $"    cert = {Quote(ClientCertificate)}";
        }
    }

    /// <summary>What the engine's own configuration must say for the docker driver; empty when nothing.</summary>
    public string ForDaemon()
    {
        List<string> words = [];
        if (Http || Insecure)
        {
            words.Add($"\"insecure-registries\": [\"{Host}\"] in daemon.json");
        }

        if (CertificateAuthority.Length > 0)
        {
            words.Add($"the authority's certificate as /etc/docker/certs.d/{Host}/ca.crt");
        }

        if (ClientCertificate.Length > 0)
        {
            words.Add($"the client certificate and key as /etc/docker/certs.d/{Host}/client.cert and client.key");
        }

        if (Mirrors.Count > 0)
        {
            // The engine has mirrors for Docker Hub only.
            words.Add(Host is "docker.io"
                ? $"\"registry-mirrors\": [{string.Join(", ", Mirrors.Select(mirror => $"\"https://{mirror}\""))}] in daemon.json"
                : $"a mirror of {Host}, which an engine can have for docker.io only (use BuildKitDriver=docker-container)");
        }

        return string.Join(", and ", words);
    }

    // A basic string of TOML.
    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
