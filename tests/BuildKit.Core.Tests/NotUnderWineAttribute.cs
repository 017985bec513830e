namespace BuildKit.Core.Tests;

/// <summary>What Wine 10 lacks of Windows.</summary>
internal static class Wine
{
    /// <summary>Certificates with keys on elliptic curves cannot be loaded, and so TLS has no server.</summary>
    public const string Certificates = "certificates";

    /// <summary>Debian has no Git for Windows, from which Windows has a POSIX shell.</summary>
    public const string Shell = "sh";

    /// <summary>NuGet refuses signatures of packages whose authorities are not in a certificate store.</summary>
    public const string Signatures = "signatures of packages";

    /// <summary>Symbolic links cannot be made.</summary>
    public const string Links = "symbolic links";
}

/// <summary>
/// A test of something that Windows has and Wine has not, so that the runs under Wine leave it out; see
/// tests/windows/README.md. What Windows does not have either is excluded by platform instead.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NotUnderWineAttribute(string reason) : CategoryAttribute
{
    /// <summary>What Wine lacks.</summary>
    public string Reason { get; } = reason;
}
