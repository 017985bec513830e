using System.Text.RegularExpressions;

namespace BuildKit.Core.Diagnostics;

/// <summary>The ways in which talking to a registry fails, distinguished because each has another remedy.</summary>
internal enum RegistryFaultKind
{
    /// <summary>It could not be reached, or anything not named below.</summary>
    Unreachable,

    /// <summary>It has no such repository or tag.</summary>
    NotFound,

    /// <summary>It has the image, but not for the platform.</summary>
    PlatformMissing,

    /// <summary>It wants credentials, or better ones.</summary>
    Denied,

    /// <summary>It limits how often it is asked.</summary>
    Limited,

    /// <summary>It does not let a tag be moved.</summary>
    Immutable,

    /// <summary>It does not speak TLS as expected.</summary>
    Tls,
}

/// <summary>A failed request to a registry. The texts are those of containerd's resolver and Go's http client.</summary>
/// <param name="Kind">What kind of failure.</param>
/// <param name="Reason">The reason without addresses, for example <c>401 Unauthorized</c>.</param>
internal sealed partial record RegistryFault(RegistryFaultKind Kind, string Reason)
{
    /// <summary>Recognizes the text behind <c>failed to push REF:</c> and the like.</summary>
    internal static RegistryFault Of(string text)
    {
        var kind = text switch
        {
            _ when Platform().IsMatch(text) => RegistryFaultKind.PlatformMissing,
            _ when Immutable().IsMatch(text) => RegistryFaultKind.Immutable,
            _ when Tls().IsMatch(text) => RegistryFaultKind.Tls,
            _ when Limited().IsMatch(text) => RegistryFaultKind.Limited,
            _ when Denied().IsMatch(text) => RegistryFaultKind.Denied,
            _ when NotFound().IsMatch(text) => RegistryFaultKind.NotFound,
            _ => RegistryFaultKind.Unreachable,
        };
        return new RegistryFault(kind, Request().Replace(text, "").Trim());
    }

    [GeneratedRegex("no match for platform in manifest|does not provide the specified platform|no matching manifest for")]
    private static partial Regex Platform();

    [GeneratedRegex("immutable|cannot be overwritten|tag already exists|cannot be updated", RegexOptions.IgnoreCase)]
    private static partial Regex Immutable();

    [GeneratedRegex("tls: |x509: |server gave HTTP response to HTTPS client")]
    private static partial Regex Tls();

    [GeneratedRegex(@"\b429\b|toomanyrequests|too many requests", RegexOptions.IgnoreCase)]
    private static partial Regex Limited();

    [GeneratedRegex(
        @"\b40[13] |\b40[13]$|unauthorized|\bdenied\b|insufficient_scope|authorization failed|authentication required|no basic auth "
            + "credentials|forbidden", RegexOptions.IgnoreCase)]
    private static partial Regex Denied();

    [GeneratedRegex(@"not found$|manifest unknown|name unknown|\b404\b", RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();

    // The address says nothing that the reference does not, and holds digests.
    [GeneratedRegex(
        """failed to do request: |unexpected status from \w+ request to \S+: |(?:Head|Get|Put|Post|Patch|Delete) "[^"]*": |"""
        + @"failed to configure \w+ cache (?:importer|exporter): |: server message: .*$")]
    private static partial Regex Request();
}
