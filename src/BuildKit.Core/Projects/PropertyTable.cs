using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Projects;

/// <summary>
/// Every property that the package reads. The items that the targets hand over, the defaults that they set, the approved
/// surface and the tables of the reference are made from this table, and a test holds them to it: a new property is a line here.
/// </summary>
public static partial class PropertyTable
{
    /// <summary>The properties under the headings of the reference; facts come last.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<ProjectProperty> Properties)> Sections { get; } =
    [
        ("Switches", Switches),
        ("What is built", Sources),
        ("Names and destinations", Destinations),
        ("Published files", PublishedFiles),
        ("Images that other files describe", ImageFiles),
        ("Many images, one solve", Bakes),
        ("Builder", Builder),
        ("Caches", Caches),
        ("Cleaning up", CacheCleaning),
        ("Report", Report),
        ("Checks of the Dockerfile", Checks),
        ("Targets", Verbs),
        ("", Facts),
    ];

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<ProjectProperty> All { get; } = [.. Sections.SelectMany(section => section.Properties)];

    private static readonly Dictionary<string, ProjectProperty> ByName = All.ToDictionary(property => property.Name,
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A property by its name, in any case of letters as in MSBuild; null when there is none.</summary>
    public static ProjectProperty? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>
    /// Checks the values of a project that one image alone does not decide, so that a wrong one is reported with all else
    /// that is wrong, before a builder is looked for, and also when nothing has changed.
    /// </summary>
    /// <param name="project">What the project says.</param>
    /// <returns>BK2001 and BK1033.</returns>
    public static IReadOnlyList<Diagnostic> Check(ProjectSettings project)
    {
        var found = new List<Diagnostic>();
        foreach (var property in All.Where(property => (property.Use & (PropertyUse.Image | PropertyUse.Fact)) == 0 && project.IsSet(property.Name)))
        {
            try
            {
                project.Check(property);
            }
            catch (DiagnosticException wrong)
            {
                found.AddRange(wrong.Diagnostics);
            }
        }

        return found;
    }
}
