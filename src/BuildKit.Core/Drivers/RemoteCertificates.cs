using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Drivers;

/// <summary>Tells apart what can be wrong with the certificates of a remote builder, by a handshake of our own.</summary>
internal static class RemoteCertificates
{
    /// <summary>Checks the files that the options name.</summary>
    /// <exception cref="DiagnosticException">BK1023, BK1024.</exception>
    public static void CheckFiles(string builder, string address, IReadOnlyDictionary<string, string> options, SourceLocation? location)
    {
        foreach (var option in new[] { "cacert", "cert", "key" }.Where(options.ContainsKey))
        {
            if (!File.Exists(options[option]))
            {
                throw Missing(option, "does not exist");
            }
        }

        if (options.ContainsKey("cert") != options.ContainsKey("key"))
        {
            var (has, lacks) = options.ContainsKey("cert") ? ("cert", "key") : ("key", "cert");
            throw new DiagnosticException(BuilderDiagnostics.CertificateMissing.At(location, builder, "of the option " + lacks, lacks,
                $"is not set, though {has} is"));
        }

        try
        {
            foreach (var option in new[] { "cacert", "cert" }.Where(options.ContainsKey))
            {
                using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(options[option]));
                CheckTime(certificate, $"the {option} {options[option]}", builder, address, location);
            }
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Missing("cacert or cert", "cannot be read: " + failure.Message);
        }

        DiagnosticException Missing(string option, string problem) =>
            new(BuilderDiagnostics.CertificateMissing.At(location, builder, options.GetValueOrDefault(option, "of the option " + option), option,
                problem));
    }

    /// <summary>Makes the handshake that BuildKit's client would make. Without certificates the connection has no TLS.</summary>
    /// <exception cref="DiagnosticException">BK1024, BK1025, BK1026.</exception>
    public static async Task CheckConnectionAsync(
        Socket socket, RemoteEndpoint endpoint, string builder, IReadOnlyDictionary<string, string> options, SourceLocation? location,
        CancellationToken cancellation)
    {
        if (!options.ContainsKey("cacert") && !options.ContainsKey("cert"))
        {
            return;
        }

        Diagnostic? problem = null;
        var host = options.GetValueOrDefault("servername", endpoint.Name);
        var authority = options.GetValueOrDefault("cacert");
        var authentication = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                problem = Judge(certificate as X509Certificate2, chain, errors);
                return problem is null;
            },
        };
        if (authority is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(authority);
            authentication.CertificateChainPolicy = policy;
        }

        if (options.TryGetValue("cert", out var own))
        {
            authentication.ClientCertificates = [ClientCertificate.Load(own, options["key"])];
        }

        try
        {
            var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
            await using var ending = stream.ConfigureAwait(false);
            await stream.AuthenticateAsClientAsync(authentication, cancellation).ConfigureAwait(false);
            await SeeRefusalAsync(stream, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or CryptographicException)
        {
            var reason = (failure.InnerException ?? failure).Message;
            throw new DiagnosticException(problem ?? BuilderDiagnostics.ClientCertificateRefused.At(location, builder, endpoint.Address,
                own is null ? $"no client certificate was given ({reason})" : reason));
        }

        Diagnostic? Judge(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if (errors == SslPolicyErrors.None)
            {
                return null;
            }

            var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? default;
            if (certificate is not null && status.HasFlag(X509ChainStatusFlags.NotTimeValid) && OutOfTime(certificate))
            {
                return Expired(certificate, "the server's certificate", builder, endpoint.Address, location);
            }

            var why = certificate is null ? "it shows none"
                : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
                    ? $"it was issued by {certificate.Issuer}, which {(authority is null ? "this machine" : authority)} does not vouch for"
                : $"it is made out to {certificate.GetNameInfo(X509NameType.DnsName, false)}, not to {host}";
            return BuilderDiagnostics.CertificateNotTrusted.At(location, builder, endpoint.Address, why);
        }
    }

    // With TLS 1.3 the client has finished before the server looks at its certificate; a refusal comes with the first
    // read. BuildKit speaks first (HTTP/2 settings) or says nothing, so a short wait tells.
    private static async Task SeeRefusalAsync(SslStream stream, CancellationToken cancellation)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        wait.CancelAfter(TimeSpan.FromMilliseconds(300));
        try
        {
            if (await stream.ReadAsync(new byte[1], wait.Token).ConfigureAwait(false) == 0)
            {
                throw new IOException("it closed the connection");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nobody objected.
        }
    }

    private static bool OutOfTime(X509Certificate2 certificate) => DateTime.Now < certificate.NotBefore || DateTime.Now > certificate.NotAfter;

    private static void CheckTime(X509Certificate2 certificate, string what, string builder, string address, SourceLocation? location)
    {
        if (OutOfTime(certificate))
        {
            throw new DiagnosticException(Expired(certificate, what, builder, address, location));
        }
    }

    private static Diagnostic Expired(X509Certificate2 certificate, string what, string builder, string address, SourceLocation? location) =>
        BuilderDiagnostics.CertificateExpired.At(location, builder, address, what, Time(certificate.NotBefore), Time(certificate.NotAfter),
            Time(DateTime.Now));

    private static string Time(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
