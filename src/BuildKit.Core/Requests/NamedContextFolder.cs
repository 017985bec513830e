using BuildKit.Core.Images;

namespace BuildKit.Core.Requests;

/// <summary>What a named context holds for one platform of the image.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Folder">Full path of its folder.</param>
public sealed record NamedContextFolder(Platform Platform, string Folder);
