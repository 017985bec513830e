namespace BuildKit.Core.ContinuousIntegration;

/// <summary>Drone (https://docs.drone.io/pipeline/environment/reference/). Forks are not marked.</summary>
internal sealed class Drone : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (!variables.IsTrue("DRONE"))
        {
            return null;
        }

        var name = variables["DRONE_BUILD_EVENT"];
        var kind = name switch
        {
            "push" or "tag" => CiEvent.Push,
            "cron" => CiEvent.Schedule,
            "custom" => CiEvent.Manual,
            "pull_request" => CiEvent.PullRequest,
            _ => CiEvent.Other,
        };
        var tag = variables["DRONE_TAG"];
        return new CiRun
        {
            System = "Drone",
            EventName = name,
            Event = kind,
            Branch = kind == CiEvent.PullRequest ? variables["DRONE_SOURCE_BRANCH"] : tag.Length > 0 ? "" : variables["DRONE_BRANCH"],
            TargetBranch = kind == CiEvent.PullRequest ? variables["DRONE_TARGET_BRANCH"] : "",
            DefaultBranch = variables["DRONE_REPO_BRANCH"],
            Tag = tag,
            PullRequest = variables["DRONE_PULL_REQUEST"],
        };
    }
}
