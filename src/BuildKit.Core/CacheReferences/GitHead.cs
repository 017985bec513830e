namespace BuildKit.Core.CacheReferences;

/// <summary>The branch that is checked out, read from git's own file (https://git-scm.com/docs/gitrepository-layout): no process is started.</summary>
public static class GitHead
{
    private const string Branches = "ref: refs/heads/";

    /// <summary>Name of the branch.</summary>
    /// <param name="folder">Full path of a folder in the repository.</param>
    /// <returns>Empty outside a repository and on no branch.</returns>
    public static string BranchAt(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                if (Directory.Exists(git))
                {
                    return Read(Path.Combine(git, "HEAD"));
                }

                if (File.Exists(git))
                {
                    // A worktree or submodule: the file names the folder.
                    var named = File.ReadAllText(git).Trim();
                    return named.StartsWith("gitdir: ", StringComparison.Ordinal)
                        ? Read(Path.Combine(at.FullName, named["gitdir: ".Length..], "HEAD")) : "";
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // As good as no repository.
        }

        return "";
    }

    private static string Read(string file)
    {
        var text = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        return text.StartsWith(Branches, StringComparison.Ordinal) ? text[Branches.Length..] : "";
    }
}
