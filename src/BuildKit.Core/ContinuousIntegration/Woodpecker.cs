namespace BuildKit.Core.ContinuousIntegration;

/// <summary>Woodpecker (https://woodpecker-ci.org/docs/usage/environment). Forks are not marked.</summary>
internal sealed class Woodpecker : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (variables["CI"] != "woodpecker")
        {
            return null;
        }

        var name = variables["CI_PIPELINE_EVENT"];
        var kind = name switch
        {
            "push" or "tag" or "release" => CiEvent.Push,
            "cron" => CiEvent.Schedule,
            "manual" => CiEvent.Manual,
            _ => name.StartsWith("pull_request", StringComparison.Ordinal) ? CiEvent.PullRequest : CiEvent.Other,
        };
        var tag = variables["CI_COMMIT_TAG"];
        return new CiRun
        {
            System = "Woodpecker",
            EventName = name,
            Event = kind,
            Branch = kind == CiEvent.PullRequest ? variables["CI_COMMIT_SOURCE_BRANCH"] : tag.Length > 0 ? "" : variables["CI_COMMIT_BRANCH"],
            TargetBranch = kind == CiEvent.PullRequest ? variables["CI_COMMIT_TARGET_BRANCH"] : "",
            DefaultBranch = variables["CI_REPO_DEFAULT_BRANCH"],
            Tag = tag,
            PullRequest = variables["CI_COMMIT_PULL_REQUEST"],
        };
    }
}
