using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Caches;

/// <summary>What a project says about its caches, as written; a text that is empty is not set.</summary>
public sealed record CacheSettings
{
    /// <summary><c>BuildKitCacheProfile</c>.</summary>
    public string Profile { get; init; } = "";

    /// <summary><c>BuildKitCacheType</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>BuildKitCacheWrite</c>.</summary>
    public string Write { get; init; } = "";

    /// <summary><c>BuildKitCacheRepository</c>.</summary>
    public string Repository { get; init; } = "";

    /// <summary><c>BuildKitDevelopmentCacheTag</c>.</summary>
    public string DevelopmentTag { get; init; } = "";

    /// <summary><c>BuildKitProductionCacheTag</c>.</summary>
    public string ProductionTag { get; init; } = "";

    /// <summary><c>BuildKitDefaultBranch</c>.</summary>
    public string DefaultBranch { get; init; } = "";

    /// <summary><c>BuildKitBaseBranch</c>.</summary>
    public string BaseBranch { get; init; } = "";

    /// <summary><c>BuildKitCacheCompression</c>.</summary>
    public string Compression { get; init; } = "";

    /// <summary>Items <c>BuildKitCacheFrom</c> and <c>BuildKitCacheTo</c>, in order.</summary>
    public IReadOnlyList<CacheItem> Items { get; init; } = [];

    /// <summary>Reads them from properties.</summary>
    /// <param name="value">Value of a property; empty when it is not set.</param>
    /// <param name="items">The items.</param>
    public static CacheSettings Of(Func<string, string> value, IReadOnlyList<CacheItem> items) => new()
    {
        Profile = value("BuildKitCacheProfile"),
        Type = value("BuildKitCacheType"),
        Write = value("BuildKitCacheWrite"),
        Repository = value("BuildKitCacheRepository"),
        DevelopmentTag = value("BuildKitDevelopmentCacheTag"),
        ProductionTag = value("BuildKitProductionCacheTag"),
        DefaultBranch = value("BuildKitDefaultBranch"),
        BaseBranch = value("BuildKitBaseBranch"),
        Compression = value("BuildKitCacheCompression"),
        Items = items,
    };

    /// <summary>Checks names and items, which need no builder for it; lists of values are those of <see cref="AcceptedValues"/>.</summary>
    /// <param name="projectFile">Full path of the project.</param>
    /// <returns>BK2002, BK2003, BK4004: all that is wrong.</returns>
    public IReadOnlyList<Diagnostic> Check(string projectFile)
    {
        var found = new List<Diagnostic>();
        Collect(() => CacheScope.Of(null, Repository, DevelopmentTag, ProductionTag, new SourceLocation(projectFile)));
        foreach (var item in Items.Where(item => item.Include.Trim().Length > 0 && !item.IsAuto))
        {
            Collect(() => item.ToReference(Path.GetDirectoryName(projectFile)!, () => ProjectFileLocation.Of(projectFile, item.ItemName, item.Include)));
        }

        return found;

        void Collect(Func<object?> read)
        {
            try
            {
                read();
            }
            catch (DiagnosticException wrong)
            {
                found.AddRange(wrong.Diagnostics);
            }
        }
    }
}
