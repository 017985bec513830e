using BuildKit.Core.Diagnostics;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Json;
using BuildKit.Core.Registries;

namespace BuildKit.Core.PublishOutputs;

/// <summary>The base image of an image made from published files, as far as its configuration goes.</summary>
/// <param name="Reference">What FROM names: by digest when a registry gave it, so that it is the image that was read.</param>
/// <param name="ConfigJson">Its whole configuration.</param>
/// <param name="Digest">Digest of its manifest for the platform; empty when it is in no registry.</param>
/// <param name="IsOci">Whether its manifest has OCI's media types, which the image then gets too.</param>
public sealed record BaseImage(string Reference, string ConfigJson, string Digest = "", bool IsOci = false)
{
    /// <summary>Reads a base image from its registry, else from the engine's own store.</summary>
    /// <param name="name">As in <c>ContainerBaseImage</c>.</param>
    /// <param name="platform">Platform of the image to be made.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="registries">The registries.</param>
    /// <param name="recordFile">Full path of the file that keeps its configuration.</param>
    /// <param name="location">The project.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="written">The image as the project names it, when the name is that of a mirror.</param>
    /// <exception cref="DiagnosticException">BK2002, BK3005, BK3006, BK3007, BK3008.</exception>
    public static async Task<BaseImage> ReadAsync(
        string name, Platform platform, BuildEnvironment environment, RegistryClients registries, string recordFile, SourceLocation? location,
        CancellationToken cancellation, string? written = null)
    {
        var reference = ImageReference.TryParse(name)
            ?? throw new DiagnosticException(PropertyDiagnostics.InvalidRepository.At(location, "ContainerBaseImage", name,
                "it is no image reference"));
        try
        {
            return await ReadFromRegistryAsync(reference, platform, registries.For(RegistryAccess.Pull), new BaseImageRecord(recordFile, platform),
                location, cancellation).ConfigureAwait(false);
        }
        catch (RegistryException failure)
        {
            return await ReadFromEngineAsync(name, environment, cancellation).ConfigureAwait(false)
                ?? throw new DiagnosticException(Explain(failure, registries.Credentials.Value.HelperFaultOf(RegistryHost.Of(reference)), reference,
                    written is null || written == name ? null : written, platform, location));
        }
    }

    private static async Task<BaseImage> ReadFromRegistryAsync(
        ImageReference reference, Platform platform, RegistryClient registry, BaseImageRecord record, SourceLocation? location,
        CancellationToken cancellation)
    {
        if (reference.Digest.Length > 0 && record.TryRead(reference) is { } named)
        {
            return named;
        }

        var top = await registry.GetManifestAsync(reference, cancellation).ConfigureAwait(false);
        if (record.TryRead(reference with { Digest = top.Digest }) is { } known)
        {
            return known;
        }

        var found = await registry.GetConfigAsync(reference, top, platform, cancellation).ConfigureAwait(false);
        Check(found.ConfigJson, reference, platform, location);
        var image = new BaseImage((reference with { Digest = found.IndexOrManifestDigest }).ToString(), found.ConfigJson, found.ManifestDigest,
            found.MediaType.Contains(".oci.", StringComparison.Ordinal));
        record.Write(image);
        return image;
    }

    // An image without an index is taken as it is; the application would not start on another architecture.
    private static void Check(string configJson, ImageReference reference, Platform platform, SourceLocation? location)
    {
        using var document = JsonElementExtensions.TryParse(System.Text.Encoding.UTF8.GetBytes(configJson));
        var root = document?.RootElement ?? default;
        if (root.Text("architecture") is { Length: > 0 } architecture
            && (architecture != platform.Architecture || root.Text("os") != platform.OperatingSystem))
        {
            throw new DiagnosticException(DockerfileDiagnostics.BaseImagePlatform.At(location, reference, platform));
        }
    }

    // An image that was built here and pushed nowhere is a base as good as any.
    private static async Task<BaseImage?> ReadFromEngineAsync(
        string name, BuildEnvironment environment, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        if (!endpoint.CanCall)
        {
            return null;
        }

        try
        {
            using var engine = new EngineApi(endpoint);
            var image = await engine.InspectImageAsync(name, cancellation).ConfigureAwait(false);
            return image is { ConfigJson.Length: > 0 } ? new BaseImage(name, $"{{\"config\":{image.ConfigJson}}}") : null;
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private static Diagnostic Explain(
        RegistryException failure, string helperFault, ImageReference reference, string? mirrored, Platform platform, SourceLocation? location)
    {
        var written = mirrored ?? reference.ToString();
        var (mirror, otherwise) = (mirrored is null ? "" : $" in the mirror, as {reference}",
            DockerfileDiagnostics.OtherSourceOf(written, mirrored is not null));
        return failure.Kind switch
        {
            RegistryFailure.NotFound when failure.Message.Contains("platform", StringComparison.OrdinalIgnoreCase) =>
                DockerfileDiagnostics.BaseImagePlatform.At(location, written, platform),
            RegistryFailure.NotFound => DockerfileDiagnostics.BaseImageNotFound.At(location, written, mirror, otherwise),
            RegistryFailure.Denied when helperFault.Length > 0 =>
                EngineDiagnostics.CredentialHelperFailed.At(location, RegistryHost.Of(reference).Name, helperFault),
            RegistryFailure.RateLimited => DockerfileDiagnostics.BaseImageLimited.At(
                location, written, failure.Message.TrimEnd('.'), RegistryFaults.RetryAdvice(failure.RetryAt), otherwise),
            RegistryFailure.Denied => DockerfileDiagnostics.BaseImageDenied.At(location, written, failure.Message.TrimEnd('.'), reference.Registry,
                mirror),
            _ => DockerfileDiagnostics.BaseImageUnreachable.At(location, written, failure.Message.TrimEnd('.'), mirror, otherwise),
        };
    }
}
