namespace BuildKit.Core.ContinuousIntegration;

/// <summary>What started a run of a CI system.</summary>
public enum CiEvent
{
    /// <summary>Commits or a tag arrived.</summary>
    Push,

    /// <summary>The clock.</summary>
    Schedule,

    /// <summary>Somebody pressed the button.</summary>
    Manual,

    /// <summary>A pull request (merge request) was opened or changed.</summary>
    PullRequest,

    /// <summary>Anything else, for example another pipeline.</summary>
    Other,
}

/// <summary>What a CI system says about the run that this build is a part of. Empty means that it does not say.</summary>
public sealed record CiRun
{
    /// <summary>The CI system, for people.</summary>
    public required string System { get; init; }

    /// <summary>What started the run.</summary>
    public CiEvent Event { get; init; } = CiEvent.Other;

    /// <summary>The event in the CI system's own words.</summary>
    public string EventName { get; init; } = "";

    /// <summary>Branch that is built, without <c>refs/heads/</c>; for a pull request its source branch.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The repository's default branch.</summary>
    public string DefaultBranch { get; init; } = "";

    /// <summary>The branch that this one goes into or came from: a pull request's target, or what a push of a new branch names.</summary>
    public string TargetBranch { get; init; } = "";

    /// <summary>Tag that is built.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Number of the pull request.</summary>
    public string PullRequest { get; init; } = "";

    /// <summary>Whether the pull request comes from a fork; null when the CI system does not say.</summary>
    public bool? IsFork { get; init; }

    /// <summary>
    /// Whether the event carries the rights of the default branch while often building code of a stranger, as GitHub's
    /// <c>pull_request_target</c>, <c>workflow_run</c> and <c>issue_comment</c> do.
    /// </summary>
    public bool MayBuildForeignCode { get; init; }

    /// <summary>Whether a pull request is built.</summary>
    public bool IsPullRequest => Event == CiEvent.PullRequest;

    /// <summary>Whether the run may write caches that others read.</summary>
    public bool IsTrusted => !MayBuildForeignCode && (!IsPullRequest || IsFork == false);
}

/// <summary>A CI system that is recognised by its environment variables.</summary>
public interface ICiSystem
{
    /// <summary>Reads its variables.</summary>
    /// <param name="variables">The environment of the build.</param>
    /// <returns>Null when the build does not run in this system.</returns>
    CiRun? Find(CiVariables variables);
}
