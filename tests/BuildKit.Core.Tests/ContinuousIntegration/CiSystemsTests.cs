using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Reports;

namespace BuildKit.Core.Tests.ContinuousIntegration;

/// <summary>What each CI system's variables say, in the form that its documentation gives them.</summary>
public sealed class CiSystemsTests
{
    private const string Azure = "TF_BUILD=True BUILD_REASON=";
    private const string GitLabPush = "GITLAB_CI=true CI_DEFAULT_BRANCH=main CI_PIPELINE_SOURCE=";
    private const string GitLabRequest = GitLabPush
        + "merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=f CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main "
        + "CI_MERGE_REQUEST_PROJECT_ID=1 CI_MERGE_REQUEST_SOURCE_PROJECT_ID=";
    private const string JenkinsRequest = "JENKINS_URL=http://j BRANCH_NAME=PR-7 CHANGE_ID=7 CHANGE_TARGET=main CHANGE_BRANCH=f";
    private const string AppVeyorRequest =
        "APPVEYOR=True APPVEYOR_REPO_BRANCH=main APPVEYOR_REPO_NAME=o/r APPVEYOR_PULL_REQUEST_NUMBER=7 APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH=f "
            + "APPVEYOR_PULL_REQUEST_HEAD_REPO_NAME=";
    private const string TravisRequest =
        "TRAVIS=true TRAVIS_EVENT_TYPE=pull_request TRAVIS_BRANCH=main TRAVIS_PULL_REQUEST=7 TRAVIS_PULL_REQUEST_BRANCH=f TRAVIS_REPO_SLUG=o/r "
            + "TRAVIS_PULL_REQUEST_SLUG=";
    private const string DroneBase = "DRONE=true DRONE_REPO_BRANCH=main DRONE_BUILD_EVENT=";
    private const string WoodpeckerBase = "CI=woodpecker CI_REPO_DEFAULT_BRANCH=main CI_PIPELINE_EVENT=";

    // variables -> event, branch, default branch, target branch, tag, pull request, fork
    [TestCase("CI=true", true, Description = "a system that is not known")]
    [TestCase("CI=True", true)]
    [TestCase("JENKINS_URL=http://ci.example.com/ BUILD_ID=1", true, Description = "Jenkins sets no CI")]
    [TestCase("TF_BUILD=True", true)]
    [TestCase("TEAMCITY_VERSION=2026.1", true)]
    [TestCase("CI=false", false)]
    [TestCase("", false)]
    public void Which_variables_mean_CI_is_one_rule(string variables, bool isCi)
    {
        var environment = new BuildEnvironment(variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]));
        Assert.That(CiSystems.AreBuilding(environment), Is.EqualTo(isCi));
        var project = new ProjectSettings(
            "/p/p.proj", new Dictionary<string, string>(), new Dictionary<string, IReadOnlyList<SettingItem>>(), environment);
        Assert.That(StepLevel.Of(project), Is.EqualTo(isCi ? MessageLevel.Important : MessageLevel.Normal));
    }

    [TestCase(Azure + "IndividualCI BUILD_SOURCEBRANCH=refs/heads/feature/x", "Push feature/x - - - - ?")]
    [TestCase(Azure + "Schedule BUILD_SOURCEBRANCH=refs/heads/main", "Schedule main - - - - ?")]
    [TestCase(Azure + "Manual BUILD_SOURCEBRANCH=refs/tags/v1", "Manual - - - v1 - ?")]
    [TestCase(Azure + "BuildCompletion BUILD_SOURCEBRANCH=refs/heads/main", "Other main - - - - ?")]
    [TestCase(Azure
        + "PullRequest BUILD_SOURCEBRANCH=refs/pull/7/merge SYSTEM_PULLREQUEST_PULLREQUESTNUMBER=7 SYSTEM_PULLREQUEST_SOURCEBRANCH=f "
        + "SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main SYSTEM_PULLREQUEST_ISFORK=True", "PullRequest f - main - 7 True")]
    [TestCase(Azure
        + "PullRequest SYSTEM_PULLREQUEST_PULLREQUESTID=9 SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/f "
        + "SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main SYSTEM_PULLREQUEST_ISFORK=False", "PullRequest f - main - 9 False")]
    [TestCase(Azure + "Manual BUILD_SOURCEBRANCH=refs/pull/7/merge", "PullRequest - - - - 7 ?")]
    [TestCase(GitLabPush + "push CI_COMMIT_BRANCH=main", "Push main main - - - ?")]
    [TestCase(GitLabPush + "web CI_COMMIT_BRANCH=f", "Manual f main - - - ?")]
    [TestCase(GitLabPush + "push CI_COMMIT_TAG=v1", "Push - main - v1 - ?")]
    [TestCase(GitLabPush + "trigger CI_COMMIT_BRANCH=main", "Other main main - - - ?")]
    [TestCase(GitLabRequest + "1", "PullRequest f main main - 7 False")]
    [TestCase(GitLabRequest + "2", "PullRequest f main main - 7 True")]
    [TestCase("JENKINS_URL=http://j BRANCH_NAME=main BRANCH_IS_PRIMARY=true", "Push main main - - - ?")]
    [TestCase("JENKINS_URL=http://j BRANCH_NAME=feature/x", "Push feature/x - - - - ?")]
    [TestCase("JENKINS_HOME=/j GIT_BRANCH=origin/main", "Push main - - - - ?")]
    [TestCase("JENKINS_URL=http://j BRANCH_NAME=v1 TAG_NAME=v1", "Push - - - v1 - ?")]
    [TestCase(JenkinsRequest, "PullRequest f - main - 7 False")]
    [TestCase(JenkinsRequest + " CHANGE_FORK=ann", "PullRequest f - main - 7 True")]
    [TestCase("CIRCLECI=true CIRCLE_BRANCH=f", "Push f - - - - ?")]
    [TestCase("CIRCLECI=true CIRCLE_TAG=v1", "Push - - - v1 - ?")]
    [TestCase("CIRCLECI=true CIRCLE_BRANCH=pull/7 CIRCLE_PR_NUMBER=7", "PullRequest - - - - 7 True")]
    [TestCase("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_BRANCH=f", "Push f - - - - ?")]
    [TestCase("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_TAG=v1", "Push - - - v1 - ?")]
    [TestCase("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_BRANCH=f BITBUCKET_PR_ID=7 BITBUCKET_PR_DESTINATION_BRANCH=main", "PullRequest f - main - 7 False")]
    [TestCase("APPVEYOR=True APPVEYOR_REPO_BRANCH=main", "Push main - - - - ?")]
    [TestCase("APPVEYOR=True APPVEYOR_REPO_BRANCH=v1 APPVEYOR_REPO_TAG=true APPVEYOR_REPO_TAG_NAME=v1", "Push - - - v1 - ?")]
    [TestCase(AppVeyorRequest + "o/r", "PullRequest f - main - 7 False")]
    [TestCase(AppVeyorRequest + "ann/r", "PullRequest f - main - 7 True")]
    [TestCase("TRAVIS=true TRAVIS_EVENT_TYPE=push TRAVIS_BRANCH=f TRAVIS_PULL_REQUEST=false", "Push f - - - - ?")]
    [TestCase("TRAVIS=true TRAVIS_EVENT_TYPE=push TRAVIS_BRANCH=v1 TRAVIS_TAG=v1 TRAVIS_PULL_REQUEST=false", "Push - - - v1 - ?")]
    [TestCase(TravisRequest + "o/r", "PullRequest f - main - 7 False")]
    [TestCase(TravisRequest + "ann/r", "PullRequest f - main - 7 True")]
    [TestCase(DroneBase + "push DRONE_BRANCH=main", "Push main main - - - ?")]
    [TestCase(DroneBase + "tag DRONE_BRANCH=main DRONE_TAG=v1", "Push - main - v1 - ?")]
    [TestCase(DroneBase + "pull_request DRONE_BRANCH=main DRONE_SOURCE_BRANCH=f DRONE_TARGET_BRANCH=main DRONE_PULL_REQUEST=7",
        "PullRequest f main main - 7 ?")]
    [TestCase(WoodpeckerBase + "cron CI_COMMIT_BRANCH=main", "Schedule main main - - - ?")]
    [TestCase(WoodpeckerBase + "pull_request CI_COMMIT_BRANCH=main CI_COMMIT_SOURCE_BRANCH=f CI_COMMIT_TARGET_BRANCH=main CI_COMMIT_PULL_REQUEST=7",
        "PullRequest f main main - 7 ?")]
    [TestCase("TEAMCITY_VERSION=2025", "Push - - - - - ?")]
    public void Are_read_by_their_variables(string variables, string expected) =>
        Assert.That(Text(CiSystems.Find(Variables(variables))!), Is.EqualTo(expected));

    // event, reference and further variables, the event's file -> as above
    [TestCase("push", "refs/heads/main", """{"repository":{"default_branch":"main"}}""", "Push main main - - - ?", true)]
    [TestCase("push", "refs/heads/f", """{"repository":{"default_branch":"main"},"base_ref":"refs/heads/release/1"}""",
        "Push f main release/1 - - ?", true)]
    [TestCase("push", "refs/heads/main", "", "Push main - - - - ?", true)]
    [TestCase("push", "refs/tags/v1", "{}", "Push - - - v1 - ?", true)]
    [TestCase("schedule", "refs/heads/main", """{"schedule":"0 0 * * *"}""", "Schedule main main - - - ?", true)]
    [TestCase("workflow_run", "refs/heads/main", """{"repository":{"default_branch":"main"}}""", "Other main main - - - ?", false)]
    [TestCase("issue_comment", "refs/heads/main", """{"repository":{"default_branch":"main"}}""", "Other main main - - - ?", false)]
    [TestCase("pull_request", "refs/pull/7/merge",
        """{"pull_request":{"number":7,"head":{"ref":"f","repo":{"full_name":"o/r"}},"base":{"ref":"main","repo":{"full_name":"o/r"}}}}""",
        "PullRequest f - main - 7 False", true)]
    [TestCase("pull_request", "refs/pull/7/merge",
        """{"pull_request":{"number":7,"head":{"ref":"f","repo":{"full_name":"ann/r"}},"base":{"ref":"main","repo":{"full_name":"o/r"}}}}""",
        "PullRequest f - main - 7 True", false)]
    // A deleted fork has no repository: not known is not trusted.
    [TestCase("pull_request", "refs/pull/7/merge", "no json", "PullRequest - - - - 7 ?", false)]
    [TestCase("pull_request_target", "refs/heads/main",
        """{"pull_request":{"number":7,"head":{"ref":"f","repo":{"full_name":"o/r"}},"base":{"ref":"main","repo":{"full_name":"o/r"}}}}""",
        "PullRequest f - main - 7 False", false)]
    public void GitHubs_events_are_read_from_their_file(string name, string reference, string file, string expected, bool isTrusted)
    {
        using var folder = new TestFolder();
        var run = CiSystems.Find(Variables(
            $"GITHUB_ACTIONS=true GITHUB_EVENT_NAME={name} GITHUB_REF={reference} GITHUB_EVENT_PATH={folder.Write("event.json", file)}"))!;
        Assert.That((Text(run), run.IsTrusted), Is.EqualTo((expected, isTrusted)));
    }

    [TestCase("teamcity.build.branch=main\nteamcity.build.branch.is_default=true", "Push main main - - - ?")]
    [TestCase("teamcity.build.branch=<default>\nteamcity.build.branch.is_default=true", "Push <default> <default> - - - ?")]
    [TestCase("teamcity.build.branch=refs/heads/f\nteamcity.build.branch.is_default=false", "Push f - - - - ?")]
    [TestCase(
        "teamcity.build.branch=pull/7\nteamcity.pullRequest.number=7\nteamcity.pullRequest.source.branch=f\nteamcity.pullRequest.target.branch=refs/heads/main", "PullRequest f - main - 7 ?")]
    public void TeamCitys_parameters_are_read_from_its_files(string parameters, string expected)
    {
        using var folder = new TestFolder();
        var configuration = folder.Write("config.properties", "#written\n" + parameters);
        var escaped = configuration.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
        var system = folder.Write("build.properties", "teamcity.configuration.properties.file=" + escaped);
        Assert.That(Text(CiSystems.Find(Variables("TEAMCITY_VERSION=2025 TEAMCITY_BUILD_PROPERTIES_FILE=" + system))!), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("CI=true")]
    public void Outside_a_known_system_there_is_no_run(string variables) => Assert.That(CiSystems.Find(Variables(variables)), Is.Null);

    internal static BuildEnvironment Variables(string text) => new(
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));

    private static string Text(CiRun run) => string.Join(' ', new[]
    {
        run.Event.ToString(), run.Branch, run.DefaultBranch, run.TargetBranch, run.Tag, run.PullRequest, run.IsFork?.ToString() ?? "?",
    }.Select(part => part.Length == 0 ? "-" : part));
}
