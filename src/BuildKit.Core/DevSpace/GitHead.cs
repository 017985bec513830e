namespace BuildKit.Core.DevSpace;

/// <summary>Reads branch and commit of a working copy from git's own files, without starting git.</summary>
internal static class GitHead
{
    /// <summary>The branch and the commit that are checked out.</summary>
    /// <param name="folder">Full path of a folder in the working copy.</param>
    /// <returns>Empty where there is none: no repository, no commit yet, a detached head.</returns>
    public static (string Branch, string Commit) Read(string folder)
    {
        try
        {
            for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
            {
                var git = Path.Combine(current, ".git");
                if (Directory.Exists(git))
                {
                    return Read(git, git);
                }

                if (File.Exists(git) && File.ReadAllText(git).Split("gitdir:", 2) is [_, var link])
                {
                    // A worktree or submodule: its own HEAD, and the branches of the repository it belongs to.
                    var own = Path.GetFullPath(Path.Combine(current, link.Trim()));
                    var common = Path.Combine(own, "commondir");
                    return Read(own, File.Exists(common) ? Path.GetFullPath(Path.Combine(own, File.ReadAllText(common).Trim())) : own);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Then it is no repository that we can read.
        }

        return ("", "");
    }

    private static (string Branch, string Commit) Read(string own, string common)
    {
        var head = File.ReadAllText(Path.Combine(own, "HEAD")).Trim();
        if (!head.StartsWith("ref:", StringComparison.Ordinal))
        {
            return ("", head);
        }

        var reference = head[4..].Trim();
        var branch = reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? reference["refs/heads/".Length..] : reference;
        var loose = Path.Combine(common, reference);
        if (File.Exists(loose))
        {
            return (branch, File.ReadAllText(loose).Trim());
        }

        var packed = Path.Combine(common, "packed-refs");
        var line = File.Exists(packed)
            ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))
            : null;
        return (branch, line?.Split(' ')[0] ?? "");
    }
}
