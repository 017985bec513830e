using System.Security.Cryptography.X509Certificates;

namespace BuildKit.Core.Registries;

/// <summary>A certificate that identifies us, from two PEM files as Docker keeps them.</summary>
internal static class ClientCertificate
{
    /// <summary>Reads it.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file is not what it should be.</exception>
    public static X509Certificate2 Load(string certificateFile, string keyFile)
    {
        var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows' TLS (SChannel) takes no key that is only in memory (dotnet/runtime#23749).
        using (certificate)
        {
            return new X509Certificate2(certificate.Export(X509ContentType.Pkcs12));
        }
    }
}
