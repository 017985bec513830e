namespace BuildKit.Tasks;

public sealed partial class PruneBuilder
{
    /// <summary>Name of the builder; empty for all that BuildKit.Tasks made, and for no other. BK1007.</summary>
    public string BuilderName { get; set; } = "";

    /// <summary>Kinds of records: <c>CacheMounts</c>, <c>LocalSources</c>, <c>GitSources</c>, <c>Steps</c>, <c>Frontends</c>, <c>Internal</c>; empty for all. BK2001.</summary>
    public string Kinds { get; set; } = "";

    /// <summary>Only what was not used for so long: seconds or hh:mm:ss. BK1033.</summary>
    public string UnusedFor { get; set; } = "";

    /// <summary>Also what images in use still need. Default: false.</summary>
    public bool All { get; set; }

    /// <summary>The most that may stay, such as <c>10gb</c>. BK2001.</summary>
    public string MaxUsedSpace { get; set; } = "";

    /// <summary>What stays in any case. BK2001.</summary>
    public string ReservedSpace { get; set; } = "";

    /// <summary>What shall be free on the disk. BK2001.</summary>
    public string MinFreeSpace { get; set; } = "";

    /// <summary>Builders of BuildKit.Tasks that were not used for so long are removed: seconds or d.hh:mm:ss; empty removes none. BK1033.</summary>
    public string RemoveUnusedFor { get; set; } = "";

    /// <summary>Whether it is only told what would go. Default: true.</summary>
    public bool DryRun { get; set; } = true;

    /// <summary>Docker's command line; empty finds <c>docker</c> on PATH. BK1001.</summary>
    public string DockerPath { get; set; } = "";
}
