using System.Xml.Linq;

namespace BuildKit.Core.Bakes;

/// <summary>
/// Reads what MSBuild tells projects of a solution about the solution while it builds it: the property
/// <c>CurrentSolutionConfigurationContents</c>, with the configuration in which each project is built.
/// </summary>
public static class SolutionContents
{
    /// <summary>The projects that are built.</summary>
    /// <param name="xml">The property's value; what is no XML has no projects (MSBuild writes <c>*Undefined*</c> outside a solution).</param>
    public static IReadOnlyList<SolutionProject> ProjectsOf(string xml)
    {
        if (!xml.TrimStart().StartsWith('<'))
        {
            return [];
        }

        return
        [
            .. from project in XElement.Parse(xml).Elements("ProjectConfiguration")
               where !string.Equals((string?)project.Attribute("BuildProjectInSolution"), "false", StringComparison.OrdinalIgnoreCase)
               let path = (string?)project.Attribute("AbsolutePath")
               where path is not null && SolutionProjects.IsProject(path)
               let words = project.Value.Split('|')
               select new SolutionProject(path, words[0], words.Length > 1 ? words[1] : ""),
        ];
    }
}
