namespace BuildKit.Core.Drivers;

/// <summary>
/// What a builder can do. The one place that answers; the facts are those of buildx's own drivers
/// (<c>driver/*/driver.go</c>): the docker driver has everything only with the containerd image store.
/// </summary>
/// <param name="ExportsCaches">Writes caches other than inline ones.</param>
/// <param name="MultiPlatform">Builds for several platforms at once.</param>
/// <param name="Attestations">Makes provenance and SBOM attestations.</param>
/// <param name="Archives">Writes OCI and Docker archives.</param>
/// <param name="ConfigByExporter">
/// Takes an image configuration as exporter attribute; the graph-driver store ignores it without a word.
/// </param>
/// <param name="LoadsByItself">Has the engine's image store as its own.</param>
public sealed record DriverFeatures(
    bool ExportsCaches, bool MultiPlatform, bool Attestations, bool Archives, bool ConfigByExporter, bool LoadsByItself)
{
    /// <summary>The features of a driver.</summary>
    /// <param name="driver">Its driver.</param>
    /// <param name="containerdStore">Whether the engine has the containerd image store; asked for the docker driver only.</param>
    public static DriverFeatures Of(BuilderDriver driver, bool containerdStore)
    {
        var full = driver != BuilderDriver.Docker || containerdStore;
        return new DriverFeatures(full, full, full, full, full, driver == BuilderDriver.Docker);
    }
}
