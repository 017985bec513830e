using System.Net;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Requests;

/// <summary>A line in the host file of RUN steps.</summary>
/// <param name="Host">Host name.</param>
/// <param name="Address">IP address, or <c>host-gateway</c>.</param>
public sealed record ExtraHost(string Host, string Address)
{
    /// <summary>Checks name and address.</summary>
    /// <returns>BK2011; null when all is well.</returns>
    public Diagnostic? Validate(SourceLocation? location) =>
        Uri.CheckHostName(Host) is UriHostNameType.Unknown
            ? PropertyDiagnostics.InvalidName.At(location, "The extra host", Host, "it is no host name")
            : Address == "host-gateway" || IsAddress(Address)
                ? null
                : PropertyDiagnostics.InvalidName.At(
                    location, "The extra host", $"{Host}={Address}", "the Address is neither an IP address nor host-gateway");

    // .NET reads "10.0.0" as 10.0.0.0; Docker refuses it.
    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Split('.').Length == 4);

    /// <summary>The arguments that give it to buildx.</summary>
    public IEnumerable<string> ToArguments() => ["--add-host", $"{Host}={Address}"];
}
