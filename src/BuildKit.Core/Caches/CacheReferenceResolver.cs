using BuildKit.Core.CacheReferences;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Caches;

/// <summary>
/// The order of reads and the one write of each profile: the guide's hierarchy. The one place where it is written.
/// </summary>
internal static class CacheReferenceResolver
{
    /// <summary>Chooses the caches of a build.</summary>
    public static ResolvedCaches Resolve(CacheQuestion question)
    {
        if (question.Type == CacheType.None)
        {
            return ResolvedCaches.None("no cache references: BuildKitCacheType is none");
        }

        if (question.Scope is not { } scope)
        {
            return ResolvedCaches.None("no cache references: there is no registry to keep them in");
        }

        var refusal = question.Write switch
        {
            CacheWrite.Never => "BuildKitCacheWrite is never",
            CacheWrite.Always => "",
            _ when !question.Pushes => "the image is not pushed",
            _ => question.Choice?.WriteRefusal ?? "",
        };
        return question.Type == CacheType.Inline ? Inline(question, refusal) : Registry(question, scope, refusal);
    }

    // The first is what the profile writes; empty when it is not known. DESIGN: profile table.
    private static (string Own, IReadOnlyList<string> Reads) References(CacheQuestion question, CacheScope scope)
    {
        var choice = question.Choice;
        string Of(string? branch) => string.IsNullOrEmpty(branch) ? "" : scope.Branch(branch, choice!.DefaultBranch);
        switch (question.Profile)
        {
            case CacheProfile.Production:
                return (scope.Production, [scope.Production]);
            case CacheProfile.Development:
                return (scope.Development, [scope.Development, scope.Production]);
            default:
                // Only the production profile writes the production cache: an odd event on the default branch does not.
                var own = question.Profile == CacheProfile.PullRequest
                    ? string.IsNullOrEmpty(choice?.PullRequest) ? "" : scope.PullRequest(choice.PullRequest)
                    : string.IsNullOrEmpty(choice?.Branch) ? "" : scope.Branch(choice.Branch, "");
                return (own, [.. new[] { own, Of(choice?.BaseBranch), scope.Production }.Where(name => name.Length > 0).Distinct()]);
        }
    }

    private static ResolvedCaches Registry(CacheQuestion question, CacheScope scope, string refusal)
    {
        var (own, names) = References(question, scope);
        var reads = names.SelectMany(name => ByPlatform(question, name)).ToList();
        var from = reads.Select(reference => CacheReference.Registry(reference)).ToList();
        refusal = refusal.Length == 0 && own.Length == 0 ? "CI names neither branch nor pull request" : refusal;
        if (refusal.Length > 0)
        {
            return new ResolvedCaches(from, [], Explain(question, reads, "writes nothing: " + refusal), []);
        }

        if (question.Builder is { } builder && !CacheAbilities.Writes(builder, "registry"))
        {
            return new ResolvedCaches(from, [], Explain(question, reads, "writes nothing: the builder cannot"),
                [CacheDiagnostics.BuilderCannotExport.At(question.Location, builder.DisplayName, "registry", builder.Kind, own)]);
        }

        var to = ByPlatform(question, own).Select(target => Written(question, target)).ToList();
        return new ResolvedCaches(from, to, Explain(question, reads, "writes " + string.Join(", ", to.Select(cache => cache.Reference))), []);
    }

    // image-manifest and oci-mediatypes: some registries refuse the older form; ignore-error: a cache is never a reason
    // to fail; min for published files, because all their layers are in the image itself.
    private static CacheReference Written(CacheQuestion question, string target)
    {
        var cache = CacheReference.Registry(
            target,
            new("mode", question.FromDockerfile ? "max" : "min"),
            new("image-manifest", "true"),
            new("oci-mediatypes", "true"),
            new("ignore-error", "true"));
        return question.Compression.Length == 0 ? cache : cache.WithDefault("compression", question.Compression);
    }

    private static IEnumerable<string> ByPlatform(CacheQuestion question, string reference)
    {
        var tag = reference.LastIndexOf(':') + 1;
        return question.Platforms.Count < 2
            ? [reference]
            : question.Platforms.Select(platform => reference[..tag] + CacheTag.OfPlatform(reference[tag..], platform));
    }

    private static ResolvedCaches Inline(CacheQuestion question, string refusal) => new(
        [.. question.ImageReferences.Select(reference => CacheReference.Registry(reference))],
        refusal.Length == 0 ? [new CacheReference("inline", [])] : [],
        Explain(question, question.ImageReferences, refusal.Length == 0 ? "writes it into the image" : "writes nothing: " + refusal),
        []);

    private static string Explain(CacheQuestion question, IReadOnlyList<string> reads, string writes) =>
        $"profile {question.Profile}{(question.Choice is { } choice ? $" ({choice.Reason})" : "")}: reads {string.Join(", then ", reads)}; {writes}";
}
