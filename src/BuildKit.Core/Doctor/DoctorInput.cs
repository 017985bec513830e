using BuildKit.Core.Builders;
using BuildKit.Core.Caches;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Doctor;

/// <summary>What the doctor looks at, and what its checks found so far; a check that needs what is missing finds nothing.</summary>
public sealed class DoctorInput
{
    /// <summary>The environment of builds.</summary>
    public required BuildEnvironment Environment { get; init; }

    /// <summary>What the project says about its builder; without a project, nothing.</summary>
    public required BuilderRequest Request { get; init; }

    /// <summary>Finds Docker's command line.</summary>
    public required Func<IDockerCli> FindDocker { get; init; }

    /// <summary>Names that images get in registries; none without a project or registry.</summary>
    public IReadOnlyList<ImageReference> Images { get; init; } = [];

    /// <summary>Platforms that are asked for.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>Whether builds push.</summary>
    public bool Pushes => Images.Any(image => image.Registry.Length > 0);

    /// <summary>What the project says about its caches; null without a project.</summary>
    public CacheSettings? Caches { get; init; }

    /// <summary>The image whose caches are looked for: what a build of the project would ask for.</summary>
    public BuildRequest Build => new()
    {
        Name = ImageName,
        ProjectFile = Request.Location?.File ?? Path.Combine(Request.WorkingDirectory, "project"),
        IntermediateFolder = IntermediateFolder,
        Tags = Images,
        Platforms = Platforms,
        Outputs = [new BuildOutput(Pushes ? OutputKind.Push : OutputKind.Load)],
    };

    /// <summary>Name of the image definition, to which cache items may belong.</summary>
    public string ImageName { get; init; } = "";

    /// <summary>Full path of the folder with the records of the project's builds; empty without a project.</summary>
    public string IntermediateFolder { get; init; } = "";

    /// <summary>Root of the file system in which the check for WSL looks.</summary>
    internal string SystemRoot { get; init; } = "/";

    /// <summary>The time of this machine.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Free and all bytes of the disk that holds a folder; null when it is not known.</summary>
    internal Func<string, (long Free, long Total)?> DiskOf { get; init; } = DiskCheck.Measure;

    /// <summary>The engine that Docker's command line would use.</summary>
    public EngineEndpoint Endpoint => EngineEndpoint.Find(Environment);

    /// <summary>Docker's command line, when it was found.</summary>
    public IDockerCli? Cli { get; set; }

    /// <summary>Whether buildx answers.</summary>
    public bool HasBuildx { get; set; }

    /// <summary>How the engine is set up, when it answers.</summary>
    public EngineInfo? Engine { get; set; }

    /// <summary>Whether the engine was asked and is at fault; what follows from that is not reported again.</summary>
    public bool EngineFails { get; set; }

    /// <summary>The builder, when it is there.</summary>
    public Builder? Builder { get; set; }

    /// <summary>The builder as buildx lists it, when it does.</summary>
    public ListedBuilder? Listed { get; set; }
}

/// <summary>One question of the doctor's.</summary>
internal interface IDoctorCheck
{
    /// <summary>Looks, and says what it found. Creates, starts and changes nothing.</summary>
    Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation);
}
