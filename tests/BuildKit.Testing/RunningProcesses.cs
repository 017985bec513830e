using System.Diagnostics;
using System.Globalization;

namespace BuildKit.Testing;

/// <summary>A process of this machine; those in containers are among them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CommandLine">Its arguments, with spaces between them.</param>
public sealed record RunningProcess(int Id, string CommandLine);

/// <summary>Looks at processes, to see what a build leaves behind.</summary>
public static class RunningProcesses
{
    /// <summary>Processes with a text in their command line.</summary>
    public static IReadOnlyList<RunningProcess> WithArgument(string text)
    {
        var found = new List<RunningProcess>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && CommandLineOf(folder) is var line && line.Contains(text, StringComparison.Ordinal))
            {
                found.Add(new RunningProcess(id, line));
            }
        }

        return found;
    }

    /// <summary>Ids of the processes whose environment has a variable with such a value.</summary>
    public static IReadOnlyList<int> WithVariable(string name, Func<string, bool> value)
    {
        var start = name + "=";
        return [.. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
                && VariablesOf(folder).Any(line => line.StartsWith(start, StringComparison.Ordinal) && value(line[start.Length..])))
            .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))];
    }

    /// <summary>Waits until there is, or is no longer, such a process.</summary>
    public static async Task<bool> WaitAsync(string text, bool present, TimeSpan limit)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit; await Task.Delay(50))
        {
            if (WithArgument(text).Count > 0 == present)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits until no process works in a folder or below it.</summary>
    /// <returns>Those that still do.</returns>
    public static async Task<IReadOnlyList<RunningProcess>> WaitForFolderAsync(string folder, TimeSpan limit)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var found = Directory.EnumerateDirectories("/proc")
                .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _)
                    && (FolderOf(process) + "/").StartsWith(folder + "/", StringComparison.Ordinal))
                .Select(process => new RunningProcess(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), CommandLineOf(process)))
                .ToList();
            if (found.Count == 0 || clock.Elapsed > limit)
            {
                return found;
            }
        }
    }

    /// <summary>Ends one process.</summary>
    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended meanwhile.
        }
    }

    private static string FolderOf(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget ?? "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string CommandLineOf(string folder) => TextOf(Path.Combine(folder, "cmdline")).Replace('\0', ' ');

    private static string[] VariablesOf(string folder) => TextOf(Path.Combine(folder, "environ")).Split('\0');

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
