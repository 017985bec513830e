namespace BuildKit.Core.Caches;

/// <summary>What a repository says of its branches.</summary>
internal interface IGitBranches
{
    /// <summary>The branch that is checked out; empty outside a repository and on no branch.</summary>
    string Current { get; }

    /// <summary>What the clone's origin had as its default branch when it was cloned; empty when git does not know.</summary>
    string DefaultOfRemote { get; }
}

/// <summary>
/// Branches, read from git's own files (https://git-scm.com/docs/gitrepository-layout): no process is started.
/// </summary>
/// <param name="folder">Full path of a folder in the repository.</param>
internal sealed class GitBranches(string folder) : IGitBranches
{
    /// <inheritdoc/>
    public string Current => Read("HEAD", "ref: refs/heads/", common: false);

    /// <inheritdoc/>
    public string DefaultOfRemote => Read("refs/remotes/origin/HEAD", "ref: refs/remotes/origin/", common: true);

    private string Read(string name, string prefix, bool common)
    {
        try
        {
            var file = GitFolder() is { Length: > 0 } git ? Path.Combine(common ? CommonOf(git) : git, name) : "";
            var text = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
            return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // As good as no repository.
            return "";
        }
    }

    private string GitFolder()
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var git = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git))
            {
                return git;
            }

            if (File.Exists(git))
            {
                // A worktree or submodule: the file names the folder.
                var named = File.ReadAllText(git).Trim();
                return named.StartsWith("gitdir: ", StringComparison.Ordinal) ? Path.Combine(at.FullName, named["gitdir: ".Length..]) : "";
            }
        }

        return "";
    }

    // A worktree has its own HEAD, and shares the remotes with its repository.
    private static string CommonOf(string git)
    {
        var file = Path.Combine(git, "commondir");
        return File.Exists(file) ? Path.Combine(git, File.ReadAllText(file).Trim()) : git;
    }
}
