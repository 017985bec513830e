using System.Xml;
using System.Xml.Linq;

namespace BuildKit.Core.BuildContexts;

/// <summary>
/// The projects that a project references, read from the project files as text: known before any restore. A reference
/// made of properties is left out, since only MSBuild knows it.
/// </summary>
internal static class ProjectReferences
{
    /// <summary>Full paths of all projects that are referenced, directly or not, whether they exist or not; without the project itself.</summary>
    public static IReadOnlyList<string> ClosureOf(string projectFile)
    {
        var found = new List<string>();
        var waiting = new Queue<string>(Of(projectFile));
        while (waiting.TryDequeue(out var project))
        {
            if (project != projectFile && !found.Contains(project))
            {
                found.Add(project);
                Of(project).ToList().ForEach(waiting.Enqueue);
            }
        }

        return found;
    }

    /// <summary>The root element of a project or another file of MSBuild's; null when it cannot be read.</summary>
    public static XElement? TryLoad(string file)
    {
        try
        {
            return File.Exists(file) ? XDocument.Load(file).Root : null;
        }
        catch (Exception failure) when (failure is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Of(string projectFile) =>
        (TryLoad(projectFile)?.Descendants() ?? [])
            .Where(element => element.Name.LocalName == "ProjectReference")
            .SelectMany(element => (element.Attribute("Include")?.Value ?? "")
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(path => path.IndexOfAny(['$', '*', '%', '@']) < 0)
            .Select(path => Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(projectFile)!));
}
