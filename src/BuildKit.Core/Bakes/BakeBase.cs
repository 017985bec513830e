using BuildKit.Core.Images;

namespace BuildKit.Core.Bakes;

/// <summary>An image that another one is made from.</summary>
/// <param name="Name">Name in the Dockerfile.</param>
/// <param name="Reference">The reference behind it, with its tag.</param>
/// <param name="IsRead">Whether it must be in its registry before the other is prepared: the base of published files is.</param>
public sealed record BakeBase(string Name, string Reference, bool IsRead = false)
{
    /// <summary>
    /// The name of a context that takes its place: BuildKit looks an image up by its shortest name
    /// (https://github.com/moby/buildkit, frontend/dockerui, namedContext).
    /// </summary>
    public string ContextName
    {
        get
        {
            if (ImageReference.TryParse(Name) is not { } parsed)
            {
                return Name;
            }

            var name = parsed.Registry is "docker.io" or "index.docker.io" ? parsed.Repository : parsed.Name;
            name = name.StartsWith("library/", StringComparison.Ordinal) ? name["library/".Length..] : name;
            return parsed.Digest.Length > 0 ? Name : parsed.Tag == "latest" ? name : $"{name}:{parsed.Tag}";
        }
    }
}
