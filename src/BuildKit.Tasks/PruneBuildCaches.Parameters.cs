using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class PruneBuildCaches
{
    /// <summary>The project's images: names, with properties of their own as metadata.</summary>
    [Required]
    public ITaskItem[] Definitions { get; set; } = [];

    /// <summary>The project's properties: name, and <c>Value</c>.</summary>
    [Required]
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>Registry and repository of the caches; empty uses each image's own. BK2002.</summary>
    public string Repository { get; set; } = "";

    /// <summary>Tag of the development cache. BK2003.</summary>
    public string DevelopmentTag { get; set; } = "";

    /// <summary>Tag of the production cache. BK2003.</summary>
    public string ProductionTag { get; set; } = "";

    /// <summary>Whether to list only.</summary>
    public bool ListOnly { get; set; }

    /// <summary>Whether to remove; else it is only told what would go.</summary>
    public bool Confirm { get; set; }

    /// <summary>Tags to remove, with <c>*</c> and <c>?</c>; empty for those of branches and pull requests.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>Least age of what is removed: a number and d, h or m. BK2001.</summary>
    public string OlderThan { get; set; } = "";

    /// <summary>How many of the newest stay. BK2001.</summary>
    public string Keep { get; set; } = "";

    /// <summary>The caches listed or removed, with <c>Digest</c>, <c>Size</c>, <c>Created</c>, <c>Writer</c>, <c>Platform</c>.</summary>
    [Output]
    public ITaskItem[] Caches { get; private set; } = [];
}
