namespace BuildKit.Core.Caches;

/// <summary>Who reads and writes which cache.</summary>
public enum CacheProfile
{
    /// <summary>A developer: the development cache first, then the production cache.</summary>
    Development,

    /// <summary>The default branch or a tag in CI: the production cache alone.</summary>
    Production,

    /// <summary>Another branch in CI: its own cache, that of the branch it came from, the production cache.</summary>
    Branch,

    /// <summary>A pull request in CI: its own cache, that of its target branch, the production cache.</summary>
    PullRequest,
}

/// <summary>Whether a cache is written: values of <c>BuildKitCacheWrite</c>.</summary>
public enum CacheWrite
{
    /// <summary>In builds that push.</summary>
    Auto,

    /// <summary>In every build.</summary>
    Always,

    /// <summary>In no build.</summary>
    Never,
}

/// <summary>Where the cache lies: values of <c>BuildKitCacheType</c>.</summary>
public enum CacheType
{
    /// <summary>References of their own in the registry.</summary>
    Registry,

    /// <summary>Inside the image itself.</summary>
    Inline,

    /// <summary>No cache references at all.</summary>
    None,
}
