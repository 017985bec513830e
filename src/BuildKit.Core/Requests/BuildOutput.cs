namespace BuildKit.Core.Requests;

/// <summary>What becomes of the result.</summary>
public enum OutputKind
{
    /// <summary>Pushed to the registry of each tag.</summary>
    Push,

    /// <summary>Loaded into the engine's image store.</summary>
    Load,

    /// <summary>A tar archive in the OCI layout.</summary>
    OciArchive,

    /// <summary>A tar archive that <c>docker load</c> reads.</summary>
    DockerArchive,

    /// <summary>A folder in the OCI layout.</summary>
    OciFolder,

    /// <summary>The files of the image, in a folder.</summary>
    Folder,

    /// <summary>Nothing but the build cache.</summary>
    CacheOnly,

    /// <summary>The image in the builder alone, so that its digest is known; never asked for by a project.</summary>
    Unloaded,
}

/// <summary>One destination of the result.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Full path of the archive or folder; empty for the others.</param>
public sealed record BuildOutput(OutputKind Kind, string Path = "")
{
    /// <summary>Names as written in <c>BuildKitOutput</c> items (buildx's own exporter names).</summary>
    public static IReadOnlyDictionary<string, OutputKind> Kinds { get; } =
        new Dictionary<string, OutputKind>(StringComparer.OrdinalIgnoreCase)
        {
            ["registry"] = OutputKind.Push,
            ["image"] = OutputKind.Load,
            ["oci"] = OutputKind.OciArchive,
            ["oci-layout"] = OutputKind.OciFolder,
            ["docker"] = OutputKind.DockerArchive,
            ["local"] = OutputKind.Folder,
            ["cacheonly"] = OutputKind.CacheOnly,
        };

    /// <summary>Where an archive is written before it gets its name, so that a build that ends early leaves no half-written one.</summary>
    public static string TemporaryPath(string path) => path + ".partial";

    /// <summary>Whether the output is a file.</summary>
    public bool IsArchive => Kind is OutputKind.OciArchive or OutputKind.DockerArchive;
}
