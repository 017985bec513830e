namespace BuildKit.Core.ContinuousIntegration;

/// <summary>AppVeyor (https://www.appveyor.com/docs/environment-variables/). In a pull request <c>APPVEYOR_REPO_BRANCH</c> is its target.</summary>
internal sealed class AppVeyor : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (!variables.IsTrue("APPVEYOR"))
        {
            return null;
        }

        var number = variables["APPVEYOR_PULL_REQUEST_NUMBER"];
        var isTag = variables.IsTrue("APPVEYOR_REPO_TAG");
        var run = new CiRun
        {
            System = "AppVeyor",
            Event = variables.IsTrue("APPVEYOR_SCHEDULED_BUILD") ? CiEvent.Schedule
                : variables.IsTrue("APPVEYOR_FORCED_BUILD") ? CiEvent.Manual
                : CiEvent.Push,
            Branch = isTag ? "" : variables["APPVEYOR_REPO_BRANCH"],
            Tag = isTag ? variables["APPVEYOR_REPO_TAG_NAME"] : "",
        };
        return number.Length == 0 ? run : run with
        {
            Event = CiEvent.PullRequest,
            Branch = variables["APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH"],
            TargetBranch = variables["APPVEYOR_REPO_BRANCH"],
            PullRequest = number,
            IsFork = CiVariables.Differ(variables["APPVEYOR_PULL_REQUEST_HEAD_REPO_NAME"], variables["APPVEYOR_REPO_NAME"]),
        };
    }
}
