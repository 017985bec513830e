using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class ReadComposeFile
{
    /// <summary>Paths of compose files, relative to the project's folder; later ones override earlier ones. BK6101.</summary>
    [Required]
    public string Files { get; set; } = "";

    /// <summary>Names of services, as a list; empty takes all. BK6122.</summary>
    public string Services { get; set; } = "";

    /// <summary>Profiles whose services count too, as a list.</summary>
    public string Profiles { get; set; } = "";

    /// <summary>Registry of the project; an image that names none goes there.</summary>
    public string Registry { get; set; } = "";

    /// <summary>Takes only the services that are built from this Dockerfile; empty takes all.</summary>
    public string Dockerfile { get; set; } = "";
}
