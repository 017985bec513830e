using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class PlanBuilds
{
    /// <summary>The images: items of the task SelectImages; metadata has the names of properties and wins over them.</summary>
    [Required]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>
    /// What the project says when it is published for each of several runtime identifiers: properties and items of all
    /// kinds, with <c>RuntimeIdentifier</c> and <c>Kind</c> (the item's name, or <c>Property</c>).
    /// </summary>
    public ITaskItem[] RuntimeParts { get; set; } = [];

    /// <summary>Whether the images are baked with those of other projects.</summary>
    public bool InBake { get; set; }

    /// <summary>Whether they are baked together.</summary>
    public bool BakesImages { get; set; }

    /// <summary>Images that have to be built: <c>PlanKey</c>, <c>References</c>, <c>FromDockerfile</c>, <c>Pushes</c>.</summary>
    [Output]
    public ITaskItem[] Plans { get; private set; } = [];

    /// <summary>Images for which nothing changed, from their records.</summary>
    [Output]
    public ITaskItem[] Unchanged { get; private set; } = [];

    /// <summary>Images of the platforms behind indexes for which nothing changed.</summary>
    [Output]
    public ITaskItem[] UnchangedPlatforms { get; private set; } = [];

    /// <summary>The plans of images for which nothing changed, in a bake, which may have a reason to build them.</summary>
    [Output]
    public ITaskItem[] UnchangedPlans { get; private set; } = [];
}
