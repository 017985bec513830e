using BuildKit.Core.ContinuousIntegration;

namespace BuildKit.Core.Caches;

/// <summary>The profile of a build, why it is this one, and what the profile needs to name its references.</summary>
internal sealed record CacheProfileChoice
{
    /// <summary>The profile.</summary>
    public required CacheProfile Profile { get; init; }

    /// <summary>Why, for the log.</summary>
    public required string Reason { get; init; }

    /// <summary>The branch that is built; empty when it is not known.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The branch that it came from or goes into, whose cache is read after its own; empty when it is not known.</summary>
    public string BaseBranch { get; init; } = "";

    /// <summary>The default branch; empty when it is not known.</summary>
    public string DefaultBranch { get; init; } = "";

    /// <summary>The pull request's number; empty when it is not known.</summary>
    public string PullRequest { get; init; } = "";

    /// <summary>Why nothing may be written unless <c>BuildKitCacheWrite</c> says always; empty when it may.</summary>
    public string WriteRefusal { get; init; } = "";

    /// <summary>Chooses; never the production profile by a guess.</summary>
    /// <param name="asked">Value of <c>BuildKitCacheProfile</c>; null when it is not set.</param>
    /// <param name="run">The CI run; null outside CI.</param>
    /// <param name="defaultBranch">Value of <c>BuildKitDefaultBranch</c>; empty leaves it to the CI system.</param>
    /// <param name="baseBranch">Value of <c>BuildKitBaseBranch</c>; empty leaves it to the CI system.</param>
    /// <param name="git">The repository; asked only for what CI does not say.</param>
    public static CacheProfileChoice Of(CacheProfile? asked, CiRun? run, string defaultBranch, string baseBranch, IGitBranches git)
    {
        var known = defaultBranch.Length > 0 ? defaultBranch : run?.DefaultBranch ?? "";
        var (profile, reason) = asked is { } given ? (given, "BuildKitCacheProfile says so")
            : run is null ? (CacheProfile.Development, "this is no CI system")
            : Choose(run, known);
        return new CacheProfileChoice
        {
            Profile = profile,
            Reason = reason,
            Branch = run?.Branch is { Length: > 0 } branch ? branch : profile == CacheProfile.Branch ? git.Current : "",
            BaseBranch = profile is CacheProfile.Branch or CacheProfile.PullRequest ? Base(run, known, baseBranch, git) : "",
            DefaultBranch = known,
            PullRequest = run is null ? "" : run.PullRequest.Length > 0 ? run.PullRequest : run.IsPullRequest ? run.Branch : "",
            WriteRefusal = run is null ? "" : Refusal(run),
        };
    }

    // What a clone calls the default branch is enough to read a cache; to write everybody's, CI itself has to say it.
    private static string Base(CiRun? run, string defaultBranch, string asked, IGitBranches git) =>
        asked.Length > 0 ? asked
        : run?.TargetBranch is { Length: > 0 } target ? target
        : defaultBranch.Length > 0 ? defaultBranch
        : git.DefaultOfRemote;

    private static (CacheProfile Profile, string Reason) Choose(CiRun run, string defaultBranch)
    {
        var where = run.System + (run.EventName.Length > 0 ? $", {run.EventName}" : "");
        if (run.IsPullRequest)
        {
            return (CacheProfile.PullRequest, $"{where}, pull request {run.PullRequest} into {Named(run.TargetBranch)}");
        }

        var regular = !run.MayBuildForeignCode && run.Event is CiEvent.Push or CiEvent.Schedule or CiEvent.Manual;
        return regular && run.Tag.Length > 0 ? (CacheProfile.Production, $"{where}, tag {run.Tag}")
            : run.Branch.Length == 0 ? (CacheProfile.Branch, $"{where}, on no branch that it names")
            : defaultBranch.Length == 0 && run.Branch != run.DefaultBranch
                ? (CacheProfile.Branch, $"{where}, branch {run.Branch}; the default branch is not known, BuildKitDefaultBranch can name it")
            : run.Branch != defaultBranch && run.Branch != TeamCity.DefaultBranch ? (CacheProfile.Branch, $"{where}, branch {run.Branch}")
            : regular ? (CacheProfile.Production, $"{where}, default branch {run.Branch}")
            : (CacheProfile.Branch, $"{where}, which is no push, schedule or manual start");
    }

    private static string Refusal(CiRun run) =>
        run.IsTrusted ? ""
        : run.MayBuildForeignCode ? $"the event {run.EventName} can build code of a stranger"
        : run.IsFork == true ? "the pull request comes from a fork"
        : $"{run.System} does not say whether the pull request comes from a fork";

    private static string Named(string branch) => branch.Length > 0 ? branch : "a branch that is not named";
}
