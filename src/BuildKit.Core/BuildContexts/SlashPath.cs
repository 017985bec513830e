namespace BuildKit.Core.BuildContexts;

/// <summary>Paths with forward slashes, as .dockerignore files and Dockerfiles have them on every system.</summary>
internal static class SlashPath
{
    /// <summary>
    /// The shortest path that means the same: no empty parts, no <c>.</c>, no inner <c>..</c>, no slash at the end
    /// (https://pkg.go.dev/path/filepath#Clean, which BuildKit applies). Nothing becomes <c>.</c>.
    /// </summary>
    public static string Clean(string path)
    {
        var rooted = path.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part == ".." ? !rooted : part.Length > 0 && part != ".")
            {
                parts.Add(part);
            }
        }

        var joined = string.Join('/', parts);
        return rooted ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    /// <summary>A path inside a context: what leads out of it ends at its root, as in BuildKit. The root is empty.</summary>
    public static string InContext(string path) => Clean("/" + path)[1..];
}
