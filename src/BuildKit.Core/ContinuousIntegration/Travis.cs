namespace BuildKit.Core.ContinuousIntegration;

/// <summary>Travis CI (https://docs.travis-ci.com/user/environment-variables/). In a pull request <c>TRAVIS_BRANCH</c> is its target.</summary>
internal sealed class Travis : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (!variables.IsTrue("TRAVIS"))
        {
            return null;
        }

        var (number, name) = (variables["TRAVIS_PULL_REQUEST"], variables["TRAVIS_EVENT_TYPE"]);
        var tag = variables["TRAVIS_TAG"];
        var run = new CiRun
        {
            System = "Travis CI",
            EventName = name,
            Event = name switch
            {
                "push" => CiEvent.Push,
                "cron" => CiEvent.Schedule,
                "pull_request" => CiEvent.PullRequest,
                _ => CiEvent.Other,
            },
            Branch = tag.Length > 0 ? "" : variables["TRAVIS_BRANCH"],
            Tag = tag,
        };
        return number is "" or "false" && !run.IsPullRequest ? run : run with
        {
            Event = CiEvent.PullRequest,
            Branch = variables["TRAVIS_PULL_REQUEST_BRANCH"],
            TargetBranch = variables["TRAVIS_BRANCH"],
            PullRequest = number == "false" ? "" : number,
            IsFork = CiVariables.Differ(variables["TRAVIS_PULL_REQUEST_SLUG"], variables["TRAVIS_REPO_SLUG"]),
        };
    }
}
