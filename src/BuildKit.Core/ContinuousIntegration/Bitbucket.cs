namespace BuildKit.Core.ContinuousIntegration;

/// <summary>
/// Bitbucket Pipelines (https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/). It runs no pipeline
/// for pull requests from forks, and does not name the default branch.
/// </summary>
internal sealed class Bitbucket : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (variables["BITBUCKET_BUILD_NUMBER"].Length == 0)
        {
            return null;
        }

        var number = variables["BITBUCKET_PR_ID"];
        return new CiRun
        {
            System = "Bitbucket Pipelines",
            Event = number.Length > 0 ? CiEvent.PullRequest : CiEvent.Push,
            Branch = variables["BITBUCKET_BRANCH"],
            TargetBranch = variables["BITBUCKET_PR_DESTINATION_BRANCH"],
            Tag = variables["BITBUCKET_TAG"],
            PullRequest = number,
            IsFork = number.Length > 0 ? false : null,
        };
    }
}
