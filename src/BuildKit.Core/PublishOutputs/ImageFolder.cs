namespace BuildKit.Core.PublishOutputs;

/// <summary>Folders in an image.</summary>
internal static class ImageFolder
{
    // https://refspecs.linuxfoundation.org/FHS_3.0/fhs-3.0.html
    private static readonly string[] System =
    [
        "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc", "root", "run", "sbin", "srv", "sys",
        "tmp", "usr", "var",
    ];

    // Plain folders of root in every system, with nothing in them that an application does not put there.
    private static readonly string[] ForApplications = ["/opt/", "/srv/", "/usr/src/"];

    /// <summary>
    /// Whether a folder is the application's own, so that a layer may bring it without knowing the base image. In the
    /// system's folders such a layer would replace a link (<c>/bin</c>), a mode (<c>/tmp</c>) or an owner (<c>/home/app</c>).
    /// </summary>
    /// <param name="folder">Full path in the image.</param>
    public static bool IsOwn(string folder)
    {
        var parts = folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return folder.StartsWith('/') && parts.Length > 0 && !parts.Contains("..") && !parts.Contains(".")
            && (!System.Contains(parts[0])
                || ForApplications.Any(root => ("/" + string.Join('/', parts)).StartsWith(root, StringComparison.Ordinal)));
    }
}
