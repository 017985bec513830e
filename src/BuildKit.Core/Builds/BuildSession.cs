using BuildKit.Core.Builders;
using BuildKit.Core.Caches;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.Staging;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Builds;

/// <summary>A build between its preparation and its end: what was made ready, and has to be cleared away in any case.</summary>
public sealed class BuildSession : IDisposable
{
    private readonly SessionFiles files;

    internal BuildSession(PlannedBuild plan, Builder builder, BuildSource source, CacheSession caches)
    {
        (Plan, Builder, Source, Caches) = (plan, builder, source, caches);
        files = SessionFiles.Create(plan.Request.IntermediateFolder, plan.Request.Name);
    }

    /// <summary>The plan.</summary>
    public PlannedBuild Plan { get; }

    /// <summary>Its builder.</summary>
    public Builder Builder { get; }

    /// <summary>What buildx is pointed at.</summary>
    public BuildSource Source { get; }

    /// <summary>The request as BuildKit is to run it.</summary>
    public BuildRequest Request => Caches.Request;

    /// <summary>Full path of the file for what buildx says of the result; not there before the build.</summary>
    public string MetadataFile => FileOf(".metadata.json");

    internal CacheSession Caches { get; }

    /// <summary>What is staged for it; nobody else touches that before the end.</summary>
    internal StagingArea? Area { get; init; }

    /// <summary>
    /// Full path of a file that is this build's own and goes with it: a project may be in two solutions that are built at
    /// the same time.
    /// </summary>
    /// <param name="suffix">For example <c>.metadata.json</c>.</param>
    public string FileOf(string suffix) => files.FileOf(suffix);

    /// <inheritdoc/>
    public void Dispose()
    {
        OutputFiles.RemovePartial(Plan.Request.Outputs);
        Caches.Dispose();
        Area?.Dispose();
        files.Dispose();
    }
}
