using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Requests;

/// <summary>
/// Attestations that go with the image. Off by default: they make every image an index, give it a new digest each
/// time, and some platforms refuse it (https://docs.docker.com/build/metadata/attestations/).
/// </summary>
/// <param name="Provenance">Empty for none, or <c>min</c> or <c>max</c>.</param>
/// <param name="Sbom">Empty for none, <c>true</c>, or the image of an SBOM generator.</param>
public sealed record Attestations(string Provenance, string Sbom)
{
    /// <summary>No attestations.</summary>
    public static Attestations None { get; } = new("", "");

    /// <summary>Whether there are any.</summary>
    public bool Any => Provenance.Length > 0 || Sbom.Length > 0;

    /// <summary>Reads the values of <c>BuildKitProvenance</c> and <c>BuildKitSbom</c>.</summary>
    /// <exception cref="DiagnosticException">BK2001: a value outside its list.</exception>
    public static Attestations Parse(string provenance, string sbom, SourceLocation? location)
    {
        var mode = provenance.ToLowerInvariant() switch
        {
            "" or "false" or "none" or "off" => "",
            "true" or "min" or "mode=min" => "min",
            "max" or "mode=max" => "max",
            _ => throw new DiagnosticException(PropertyDiagnostics.ValueNotAccepted.At(
                location, "BuildKitProvenance", provenance, "false, min or max", "")),
        };
        var generator = sbom.ToLowerInvariant() switch
        {
            "" or "false" or "none" or "off" or "no" or "0" => "",
            // These would be names of images, too.
            "true" or "yes" or "on" or "1" => "true",
            _ => sbom,
        };
        return new Attestations(mode, generator);
    }

    /// <summary>The arguments that give them to buildx; turning provenance off must be said.</summary>
    public IEnumerable<string> ToArguments()
    {
        yield return Provenance.Length == 0 ? "--provenance=false" : $"--provenance=mode={Provenance}";
        if (Sbom.Length > 0)
        {
            yield return Sbom == "true" ? "--sbom=true" : $"--sbom=generator={Sbom}";
        }
    }

    /// <summary>The same as entries of a bake definition.</summary>
    public IEnumerable<string> ToBakeEntries()
    {
        yield return Provenance.Length == 0 ? "type=provenance,disabled=true" : $"type=provenance,mode={Provenance}";
        if (Sbom.Length > 0)
        {
            yield return Sbom == "true" ? "type=sbom" : $"type=sbom,generator={Sbom}";
        }
    }
}
