namespace BuildKit.Core.Systems;

/// <summary>A folder for what one user's builds share on a machine, such as locks: nobody else can put anything there.</summary>
internal static class UserFolder
{
    private const string Name = "buildkit-tasks";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Where it is looked for: among the user's data, and for a user without a home among temporary files.</summary>
    public static IReadOnlyList<string> Places
    {
        get
        {
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            var temporary = Path.Combine(Path.GetTempPath(), $"{Name}-{Environment.UserName}");
            return data.Length > 0 ? [Path.Combine(data, Name), temporary] : [temporary];
        }
    }

    /// <summary>Makes the folder, in the first place where that is possible.</summary>
    /// <exception cref="IOException">It is nowhere possible; the message says why, place by place.</exception>
    public static string Make() => Make(Places);

    /// <summary>The same for given places.</summary>
    internal static string Make(IReadOnlyList<string> places)
    {
        var reasons = new List<string>();
        foreach (var place in places)
        {
            try
            {
                if (Refusal(place) is not { } reason)
                {
                    return place;
                }

                reasons.Add($"{place} {reason}");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                reasons.Add($"{place} cannot be made ({failure.Message.TrimEnd('.')})");
            }
        }

        throw new IOException(string.Join("; ", reasons));
    }

    private static string? Refusal(string place)
    {
        var folder = new DirectoryInfo(place);
        if (folder.LinkTarget is not null)
        {
            return "is a link";
        }

        if (!folder.Exists)
        {
            // What is above it, such as ~/.local/share, is anybody's and gets the modes that it always has.
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(place);
            }
            else
            {
                Directory.CreateDirectory(place, OwnerOnly);
            }

            folder.Refresh();
        }

        return folder.LinkTarget is not null ? "is a link"
            : !FolderOwner.IsThisUser(place) ? "belongs to another user"
            : !OperatingSystem.IsWindows() && (folder.UnixFileMode & OthersWrite) != 0 ? "can be written by other users"
            : null;
    }
}
