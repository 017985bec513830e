using System.Text.Json;
using BuildKit.Core.Json;

namespace BuildKit.Core.ContinuousIntegration;

/// <summary>
/// GitHub Actions (https://docs.github.com/actions/reference/workflows-and-actions/variables), Gitea's and Forgejo's
/// too. The default branch, and whether a pull request comes from a fork, stand in the event's file only.
/// </summary>
internal sealed class GitHubActions : ICiSystem
{
    // Events that run with the default branch's rights although they can carry a stranger's code.
    private static readonly string[] Foreign = ["pull_request_target", "workflow_run", "issue_comment"];

    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (!variables.IsTrue("GITHUB_ACTIONS"))
        {
            return null;
        }

        using var file = Read(variables["GITHUB_EVENT_PATH"]);
        var data = file?.RootElement ?? default(JsonElement);
        var (name, reference) = (variables["GITHUB_EVENT_NAME"], variables["GITHUB_REF"]);
        var branch = CiVariables.BranchOf(reference);
        var run = new CiRun
        {
            System = "GitHub Actions",
            EventName = name,
            Event = name switch
            {
                "push" => CiEvent.Push,
                "schedule" => CiEvent.Schedule,
                "workflow_dispatch" => CiEvent.Manual,
                "pull_request" or "pull_request_review" or "pull_request_review_comment" or "pull_request_target" => CiEvent.PullRequest,
                _ => CiEvent.Other,
            },
            Branch = branch,
            Tag = CiVariables.TagOf(reference),
            // A schedule runs on the default branch only, and its event may name no repository.
            DefaultBranch = data.Member("repository").Text("default_branch") is { Length: > 0 } named ? named : name == "schedule" ? branch : "",
            // A new branch names the one it was made from, a merge queue's branch the one it goes into.
            TargetBranch = CiVariables.BranchOf(data.Text("base_ref") is { Length: > 0 } origin
                ? origin
                : data.Member("merge_group").Text("base_ref")),
            MayBuildForeignCode = Foreign.Contains(name) || name == "merge_group",
        };
        return run.IsPullRequest ? WithPullRequest(run, variables, data.Member("pull_request"), reference) : run;
    }

    private static CiRun WithPullRequest(CiRun run, CiVariables variables, JsonElement request, string reference) => run with
    {
        Branch = variables["GITHUB_HEAD_REF"] is { Length: > 0 } head ? head : request.Member("head").Text("ref"),
        TargetBranch = variables["GITHUB_BASE_REF"] is { Length: > 0 } into ? into : request.Member("base").Text("ref"),
        PullRequest = request.Number("number") is { } number
            ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : CiVariables.PullRequestOf(reference),
        IsFork = CiVariables.Differ(
            request.Member("head").Member("repo").Text("full_name"), request.Member("base").Member("repo").Text("full_name")),
    };

    private static JsonDocument? Read(string path)
    {
        try
        {
            return path.Length == 0 ? null : JsonElementExtensions.TryParse(File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
