namespace BuildKit.Core.ContinuousIntegration;

/// <summary>GitLab CI (https://docs.gitlab.com/ci/variables/predefined_variables/).</summary>
internal sealed class GitLab : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (!variables.IsTrue("GITLAB_CI"))
        {
            return null;
        }

        var source = variables["CI_PIPELINE_SOURCE"];
        var run = new CiRun
        {
            System = "GitLab CI",
            EventName = source,
            Event = source switch
            {
                "push" => CiEvent.Push,
                "schedule" => CiEvent.Schedule,
                "web" => CiEvent.Manual,
                _ => CiEvent.Other,
            },
            Branch = variables["CI_COMMIT_BRANCH"],
            Tag = variables["CI_COMMIT_TAG"],
            DefaultBranch = variables["CI_DEFAULT_BRANCH"],
        };
        // By the variables and not by the source: a child pipeline of a merge request has the source parent_pipeline.
        return variables["CI_MERGE_REQUEST_IID"].Length > 0 ? run with
        {
            Event = CiEvent.PullRequest,
            Branch = variables["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"],
            TargetBranch = variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"],
            PullRequest = variables["CI_MERGE_REQUEST_IID"],
            IsFork = CiVariables.Differ(variables["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"], variables["CI_MERGE_REQUEST_PROJECT_ID"]),
        }
        : variables["CI_EXTERNAL_PULL_REQUEST_IID"].Length > 0 ? run with
        {
            Event = CiEvent.PullRequest,
            Branch = variables["CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME"],
            TargetBranch = variables["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"],
            PullRequest = variables["CI_EXTERNAL_PULL_REQUEST_IID"],
            IsFork = CiVariables.Differ(
                variables["CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY"], variables["CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY"]),
        }
        : run;
    }
}
