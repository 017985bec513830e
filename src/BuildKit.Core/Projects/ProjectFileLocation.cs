using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Projects;

/// <summary>Finds the line on which a property or item is written, so that a diagnostic can point there.</summary>
public static class ProjectFileLocation
{
    /// <summary>
    /// Looks in the project, then in the Directory.Build files above it. Only called when something is wrong.
    /// </summary>
    /// <param name="projectFile">Full path of the project.</param>
    /// <param name="name">Name of the property or item.</param>
    /// <param name="include">Text of the item; null for a property.</param>
    /// <returns>The place; the project without a line when it is set elsewhere, for example on the command line.</returns>
    public static SourceLocation Of(string projectFile, string name, string? include = null)
    {
        var pattern = new Regex($@"<{Regex.Escape(name)}[\s>/]" + (include is null ? "" : $@"[^>]*""{Regex.Escape(include)}"""));
        foreach (var file in Candidates(projectFile))
        {
            string text;
            try
            {
                text = File.ReadAllText(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (pattern.Match(text) is { Success: true, Index: var index })
            {
                var lineStart = text.LastIndexOf('\n', Math.Max(index - 1, 0)) + 1;
                return new SourceLocation(file, text.AsSpan(0, index).Count('\n') + 1, index - lineStart + 1);
            }
        }

        return new SourceLocation(projectFile);
    }

    private static IEnumerable<string> Candidates(string projectFile)
    {
        yield return projectFile;
        for (var folder = Path.GetDirectoryName(projectFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets" })
            {
                var file = Path.Combine(folder, name);
                if (File.Exists(file))
                {
                    yield return file;
                }
            }
        }
    }
}
