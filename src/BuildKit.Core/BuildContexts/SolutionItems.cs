using System.Text.RegularExpressions;
using System.Xml;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// The solutions that have a Dockerfile among their items: it is written for what they build. Read as text, which knows both
/// forms (https://learn.microsoft.com/visualstudio/extensibility/internals/solution-dot-sln-file).
/// </summary>
internal static partial class SolutionItems
{
    /// <summary>The folders of such solutions, each with the solution's name.</summary>
    /// <param name="dockerfilePath">Full path.</param>
    /// <param name="folders">Where solutions are looked for.</param>
    public static IReadOnlyDictionary<string, string> FoldersOf(string dockerfilePath, IEnumerable<string> folders) =>
        folders.Select(folder => (folder, Solution: SolutionsIn(folder).FirstOrDefault(solution =>
                ItemsOf(solution).Contains(Path.GetRelativePath(folder, dockerfilePath).Replace('\\', '/'), StringComparer.OrdinalIgnoreCase))))
            .Where(found => found.Solution is not null).ToDictionary(found => found.folder, found => Path.GetFileName(found.Solution!));

    private static IEnumerable<string> SolutionsIn(string folder)
    {
        try
        {
            return [.. Directory.GetFiles(folder, "*.slnx").Concat(Directory.GetFiles(folder, "*.sln")).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<string> ItemsOf(string solution)
    {
        try
        {
            var items = solution.EndsWith(".slnx", StringComparison.OrdinalIgnoreCase)
                ? ProjectReferences.TryLoad(solution)?.Descendants("File").Select(file => file.Attribute("Path")?.Value ?? "") ?? []
                : Item().Matches(File.ReadAllText(solution)).Select(match => match.Groups[1].Value);
            return [.. items.Select(item => item.Trim().Replace('\\', '/'))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or XmlException)
        {
            return [];
        }
    }

    // Of an item both sides are its path.
    [GeneratedRegex(@"^[ \t]*([^=\r\n]+?) = \1[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Item();
}
