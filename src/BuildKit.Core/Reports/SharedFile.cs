using System.Text;

namespace BuildKit.Core.Reports;

/// <summary>A file of the CI system to which several processes of one build append: MSBuild builds projects side by side.</summary>
internal static class SharedFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Appends a text as a whole, alone in the file while it does.</summary>
    /// <returns>Whether it could be written; a summary is no reason to fail a build.</returns>
    public static bool Append(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var end = DateTime.UtcNow + Patience; ; Thread.Sleep(20))
        {
            try
            {
                // Nobody else may have it open meanwhile, which also holds between processes.
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None);
                file.Write(bytes);
                return true;
            }
            catch (Exception failure) when (failure is UnauthorizedAccessException or DirectoryNotFoundException)
            {
                return false;
            }
            catch (IOException)
            {
                if (DateTime.UtcNow > end)
                {
                    return false;
                }
            }
        }
    }
}
