using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Json;

namespace BuildKit.Core.Images;

/// <summary>
/// What an image runs on. Forms: https://github.com/containerd/platforms; .NET's runtime identifiers are read too.
/// </summary>
/// <param name="OperatingSystem">For example <c>linux</c>.</param>
/// <param name="Architecture">For example <c>amd64</c>.</param>
/// <param name="Variant">For example <c>v7</c>; empty when there is none.</param>
public sealed partial record Platform(string OperatingSystem, string Architecture, string Variant = "")
{
    /// <summary>What Linux images are for on this machine, when nothing else is said.</summary>
    public static Platform OfThisMachine => new("linux", System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.Arm => "arm",
        _ => "amd64",
    });

    private static readonly HashSet<string> OperatingSystems =
        ["linux", "windows", "darwin", "freebsd", "wasi", "netbsd", "openbsd", "solaris", "illumos", "plan9", "aix"];

    private static readonly HashSet<string> Architectures =
        ["amd64", "386", "arm", "arm64", "ppc64le", "s390x", "riscv64", "loong64", "mips64le", "mips64", "mips", "mipsle", "wasm"];

    /// <summary>Reads <c>os/architecture[/variant]</c>.</summary>
    /// <returns>Null when it is not valid.</returns>
    public static Platform? TryParse(string text)
    {
        var parts = text.Trim().ToLowerInvariant().Split('/');
        if (parts.Length is < 2 or > 3)
        {
            return null;
        }

        var architecture = parts[1] switch
        {
            "x86_64" or "x86-64" => "amd64",
            "aarch64" => "arm64",
            "armhf" => "arm",
            "i386" => "386",
            var other => other,
        };
        var variant = parts.Length == 3 ? parts[2] : "";
        return OperatingSystems.Contains(parts[0]) && Architectures.Contains(architecture)
            && (parts.Length == 2 || VariantForm().IsMatch(variant))
            ? new Platform(parts[0], architecture, variant)
            : null;
    }

    /// <summary>The platform of a runtime identifier, for example <c>linux-musl-arm64</c> (as the SDK maps them).</summary>
    /// <returns>Null when no image can be made for it.</returns>
    public static Platform? TryParseRuntimeIdentifier(string rid)
    {
        var parts = rid.Trim().ToLowerInvariant().Split('-');
        if (parts.Length < 2)
        {
            return null;
        }

        var os = parts[0].StartsWith("win", StringComparison.Ordinal) ? "windows" : "linux";
        return parts[^1] switch
        {
            "x64" => new Platform(os, "amd64"),
            "x86" => new Platform(os, "386"),
            "arm64" => new Platform(os, "arm64"),
            "arm" => new Platform(os, "arm", "v7"),
            "armv6" => new Platform(os, "arm", "v6"),
            "s390x" => new Platform(os, "s390x"),
            "ppc64le" => new Platform(os, "ppc64le"),
            "riscv64" => new Platform(os, "riscv64"),
            "loongarch64" => new Platform(os, "loong64"),
            _ => null,
        };
    }

    /// <summary>The platform that an image's configuration states.</summary>
    /// <param name="configJson">The configuration; may be empty.</param>
    /// <returns>Null when it states none.</returns>
    public static Platform? OfConfig(string configJson)
    {
        using var document = JsonElementExtensions.TryParse(Encoding.UTF8.GetBytes(configJson));
        var root = document?.RootElement ?? default;
        return root.Text("os") is { Length: > 0 } system && root.Text("architecture") is { Length: > 0 } architecture
            ? new Platform(system, architecture, root.Text("variant")) : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{OperatingSystem}/{Architecture}" + (Variant.Length == 0 ? "" : "/" + Variant);

    [GeneratedRegex(@"^v[0-9]{1,2}(?:\.[0-9]+)?\z")]
    private static partial Regex VariantForm();
}
