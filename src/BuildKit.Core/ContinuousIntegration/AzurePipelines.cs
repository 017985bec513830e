namespace BuildKit.Core.ContinuousIntegration;

/// <summary>Azure Pipelines (https://learn.microsoft.com/azure/devops/pipelines/build/variables). It does not name the default branch.</summary>
internal sealed class AzurePipelines : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (!variables.IsTrue("TF_BUILD"))
        {
            return null;
        }

        var (reason, reference) = (variables["BUILD_REASON"], variables["BUILD_SOURCEBRANCH"]);
        var number = variables.First("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "SYSTEM_PULLREQUEST_PULLREQUESTID");
        number = number.Length > 0 ? number : CiVariables.PullRequestOf(reference);
        var run = new CiRun
        {
            System = "Azure Pipelines",
            EventName = reason,
            // Also someone who starts a pipeline on a pull request's reference builds the pull request.
            Event = number.Length > 0 || reason == "PullRequest" ? CiEvent.PullRequest : reason switch
            {
                "IndividualCI" or "BatchedCI" => CiEvent.Push,
                "Schedule" => CiEvent.Schedule,
                "Manual" => CiEvent.Manual,
                _ => CiEvent.Other,
            },
            Branch = CiVariables.BranchOf(reference),
            Tag = CiVariables.TagOf(reference),
        };
        return !run.IsPullRequest ? run : run with
        {
            Branch = CiVariables.BranchOf(variables["SYSTEM_PULLREQUEST_SOURCEBRANCH"]),
            TargetBranch = CiVariables.BranchOf(variables.First("SYSTEM_PULLREQUEST_TARGETBRANCH", "SYSTEM_PULLREQUEST_TARGETBRANCHNAME")),
            PullRequest = number,
            IsFork = variables["SYSTEM_PULLREQUEST_ISFORK"].Length == 0 ? null : variables.IsTrue("SYSTEM_PULLREQUEST_ISFORK"),
        };
    }
}
