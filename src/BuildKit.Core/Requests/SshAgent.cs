using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Requests;

/// <summary>An SSH agent socket or key for <c>RUN --mount=type=ssh</c>.</summary>
/// <param name="Id">Identifier in the Dockerfile; <c>default</c> unless the mount names one.</param>
/// <param name="Path">Full path of a socket or key; empty uses the agent of <c>SSH_AUTH_SOCK</c>.</param>
public sealed record SshAgent(string Id, string Path)
{
    /// <summary>Checks the identifier and that the path exists.</summary>
    /// <returns>BK2011 or BK2007; null when all is well.</returns>
    public Diagnostic? Validate(SourceLocation? location)
    {
        if (Id.Length == 0 || Id.IndexOfAny([',', '=', '"', '\n']) >= 0)
        {
            return PropertyDiagnostics.InvalidName.At(location, "The SSH agent", Id, "its name may not have ',', '=' or quotes");
        }

        return Path.Length == 0 || System.IO.Path.Exists(Path)
            ? null
            : PropertyDiagnostics.SecretFileMissing.At(location, Id, Path);
    }

    /// <summary>The arguments that give it to buildx.</summary>
    public IEnumerable<string> ToArguments() => ["--ssh", Path.Length == 0 ? Id : $"{Id}={Path}"];
}
