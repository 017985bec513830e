namespace BuildKit.Core.ContinuousIntegration;

/// <summary>
/// Jenkins. Multibranch pipelines name the branch, the pull request (<c>CHANGE_…</c>) and whether the branch is the
/// primary one; a freestyle job names its branch only.
/// (https://www.jenkins.io/doc/book/pipeline/multibranch/#additional-environment-variables)
/// </summary>
internal sealed class Jenkins : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (variables["JENKINS_URL"].Length == 0 && variables["JENKINS_HOME"].Length == 0)
        {
            return null;
        }

        var number = variables["CHANGE_ID"];
        var branch = variables.First("BRANCH_NAME", "GIT_LOCAL_BRANCH", "GIT_BRANCH");
        branch = branch.StartsWith("origin/", StringComparison.Ordinal) ? branch["origin/".Length..] : CiVariables.BranchOf(branch);
        var run = new CiRun
        {
            System = "Jenkins",
            // Jenkins puts the cause of a run into no variable; a run is of what was pushed.
            Event = CiEvent.Push,
            Branch = variables["TAG_NAME"].Length > 0 ? "" : branch,
            Tag = variables["TAG_NAME"],
            DefaultBranch = variables.IsTrue("BRANCH_IS_PRIMARY") ? branch : "",
        };
        return number.Length == 0 ? run : run with
        {
            Event = CiEvent.PullRequest,
            Branch = variables["CHANGE_BRANCH"],
            TargetBranch = variables["CHANGE_TARGET"],
            DefaultBranch = "",
            PullRequest = number,
            // Set to the fork's owner for a fork, and to nothing otherwise; an older plugin names no branch either.
            IsFork = variables["CHANGE_FORK"].Length > 0 ? true : variables["CHANGE_BRANCH"].Length > 0 ? false : null,
        };
    }
}
