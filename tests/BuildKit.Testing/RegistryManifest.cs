using System.Text.Json;

namespace BuildKit.Testing;

/// <summary>A manifest as a registry gives it.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Text">Its text.</param>
/// <param name="Json">The text, read.</param>
public sealed record RegistryManifest(string Digest, string MediaType, string Text, JsonElement Json)
{
    /// <summary>Digests of an image's layers, the base's first.</summary>
    public IReadOnlyList<string> Layers =>
        [.. Json.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("digest").GetString()!)];
}
