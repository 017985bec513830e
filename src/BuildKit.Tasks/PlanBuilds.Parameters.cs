using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

public sealed partial class PlanBuilds
{
    /// <summary>The images of the project; metadata has the names of properties and wins over them.</summary>
    [Required]
    public ITaskItem[] Definitions { get; set; } = [];

    /// <summary>Values of the project's properties: name, and <c>Value</c>. BK1033, BK2001 to BK2005, BK2013.</summary>
    [Required]
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>Full path of the folder for records and plans.</summary>
    [Required]
    public string IntermediateFolder { get; set; } = "";

    /// <summary>Items <c>BuildKitBuildArg</c>. BK2010, BK2011.</summary>
    public ITaskItem[] BuildArguments { get; set; } = [];

    /// <summary>Items <c>BuildKitSecret</c>. BK2006, BK2007, BK2009.</summary>
    public ITaskItem[] Secrets { get; set; } = [];

    /// <summary>Items <c>BuildKitSsh</c>. BK2007.</summary>
    public ITaskItem[] SshAgents { get; set; } = [];

    /// <summary>Items <c>BuildKitNamedContext</c>. BK2012.</summary>
    public ITaskItem[] NamedContexts { get; set; } = [];

    /// <summary>Items <c>BuildKitExtraHost</c>. BK2011.</summary>
    public ITaskItem[] ExtraHosts { get; set; } = [];

    /// <summary>Items <c>BuildKitBuildOption</c>: options that buildx gets as they are.</summary>
    public ITaskItem[] BuildOptions { get; set; } = [];

    /// <summary>Items <c>BuildKitOutput</c>. BK2001, BK2008, BK5006.</summary>
    public ITaskItem[] Outputs { get; set; } = [];

    /// <summary>Items <c>BuildKitDriverOption</c>; part of what decides whether something changed.</summary>
    public ITaskItem[] DriverOptions { get; set; } = [];

    /// <summary>Items <c>BuildKitNode</c>; part of what decides whether something changed.</summary>
    public ITaskItem[] Nodes { get; set; } = [];

    /// <summary>Items <c>BuildKitCacheFrom</c>; here they are only checked. BK4004.</summary>
    public ITaskItem[] CacheReads { get; set; } = [];

    /// <summary>Items <c>BuildKitCacheTo</c>; here they are only checked. BK4004.</summary>
    public ITaskItem[] CacheWrites { get; set; } = [];

    /// <summary>Items <c>ContainerLabel</c>. BK2011.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary>Items <c>ContainerPort</c>. BK2011.</summary>
    public ITaskItem[] Ports { get; set; } = [];

    /// <summary>Items <c>ContainerEnvironmentVariable</c>. BK2011.</summary>
    public ITaskItem[] ContainerEnvironment { get; set; } = [];

    /// <summary>Items <c>ContainerAppCommand</c>.</summary>
    public ITaskItem[] AppCommand { get; set; } = [];

    /// <summary>Items <c>ContainerAppCommandArgs</c>.</summary>
    public ITaskItem[] AppCommandArgs { get; set; } = [];

    /// <summary>Items <c>ContainerDefaultArgs</c>.</summary>
    public ITaskItem[] DefaultArgs { get; set; } = [];

    /// <summary>Items <c>ContainerEntrypoint</c>.</summary>
    public ITaskItem[] Entrypoint { get; set; } = [];

    /// <summary>Items <c>ContainerEntrypointArgs</c>.</summary>
    public ITaskItem[] EntrypointArgs { get; set; } = [];

    /// <summary>Items <c>BuildKitRun</c>, in order.</summary>
    public ITaskItem[] Commands { get; set; } = [];

    /// <summary>Items <c>BuildKitCopy</c>, with <c>RecursiveFolder</c> for what a pattern found. BK2001, BK2031.</summary>
    public ITaskItem[] Copies { get; set; } = [];

    /// <summary>Items <c>BuildKitRegistryMirror</c>. BK2011.</summary>
    public ITaskItem[] RegistryMirrors { get; set; } = [];

    /// <summary>Items <c>ResolvedFileToPublish</c>; they only tell which layer a published file belongs to.</summary>
    public ITaskItem[] PublishedFiles { get; set; } = [];

    /// <summary>
    /// What the project says when it is published for each of several runtime identifiers: properties and items of all
    /// kinds, with <c>RuntimeIdentifier</c> and <c>Kind</c> (the item's name, or <c>Property</c>).
    /// </summary>
    public ITaskItem[] RuntimeParts { get; set; } = [];

    /// <summary>Images of the platforms behind indexes for which nothing changed.</summary>
    [Output]
    public ITaskItem[] UnchangedPlatforms { get; private set; } = [];

    /// <summary>Images that have to be built: <c>PlanKey</c>, <c>References</c>, <c>FromDockerfile</c>, <c>Pushes</c>.</summary>
    [Output]
    public ITaskItem[] Plans { get; private set; } = [];

    /// <summary>Images for which nothing changed, from their records.</summary>
    [Output]
    public ITaskItem[] Unchanged { get; private set; } = [];

    /// <summary>Whether the images are baked with those of other projects.</summary>
    public bool InBake { get; set; }

    /// <summary>The plans of images for which nothing changed, in a bake, which may have a reason to build them.</summary>
    [Output]
    public ITaskItem[] UnchangedPlans { get; private set; } = [];
}
