using BuildKit.Core.Builders;
using BuildKit.Core.CacheReferences;

namespace BuildKit.Core.Builds;

/// <summary>A build between its preparation and its end: what was made ready, and has to be cleared away in any case.</summary>
public sealed class BuildSession : IDisposable
{
    internal BuildSession(PlannedBuild plan, Builder builder, BuildSource source, CacheSession caches) =>
        (Plan, Builder, Source, Caches) = (plan, builder, source, caches);

    /// <summary>The plan.</summary>
    public PlannedBuild Plan { get; }

    /// <summary>Its builder.</summary>
    public Builder Builder { get; }

    /// <summary>What buildx is pointed at.</summary>
    public BuildSource Source { get; }

    /// <summary>The request as BuildKit is to run it.</summary>
    public BuildRequest Request => Caches.Request;

    /// <summary>Full path of the file for what buildx tells of the result; not there before the build.</summary>
    public string MetadataFile => Plan.Request.FileOf(".metadata.json");

    internal CacheSession Caches { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        OutputFiles.RemovePartial(Plan.Request.Outputs);
        Caches.Dispose();
    }
}
