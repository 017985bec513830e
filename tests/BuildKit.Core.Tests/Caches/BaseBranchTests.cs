using BuildKit.Core.Caches;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Tests.ContinuousIntegration;

namespace BuildKit.Core.Tests.Caches;

/// <summary>A branch starts from the cache of the branch it came from, as far as each CI system tells it.</summary>
public sealed class BaseBranchTests
{
    private const string GitLab = "GITLAB_CI=true CI_DEFAULT_BRANCH=main CI_PIPELINE_SOURCE=";
    private const string Azure = "TF_BUILD=True BUILD_REASON=";

    // variables, what the clone says is the default branch -> what is read, in order
    [TestCase(GitLab + "push CI_COMMIT_BRANCH=f", "", "f default")]
    [TestCase(GitLab + "merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=f CI_MERGE_REQUEST_TARGET_BRANCH_NAME=r1", "",
        "pr_7 r1 default")]
    [TestCase(Azure + "IndividualCI BUILD_SOURCEBRANCH=refs/heads/f", "", "f default")]
    [TestCase(Azure + "IndividualCI BUILD_SOURCEBRANCH=refs/heads/f", "main", "f main default")]
    [TestCase(Azure + "PullRequest SYSTEM_PULLREQUEST_PULLREQUESTID=7 SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/r1", "", "pr_7 r1 default")]
    [TestCase(Azure + "PullRequest SYSTEM_PULLREQUEST_PULLREQUESTID=7 SYSTEM_PULLREQUEST_TARGETBRANCHNAME=r1", "", "pr_7 r1 default")]
    [TestCase("JENKINS_URL=http://j BRANCH_NAME=f", "main", "f main default")]
    [TestCase("JENKINS_URL=http://j BRANCH_NAME=PR-7 CHANGE_ID=7 CHANGE_BRANCH=f CHANGE_TARGET=r1", "main", "pr_7 r1 default")]
    [TestCase("CIRCLECI=true CIRCLE_BRANCH=f", "main", "f main default")]
    [TestCase("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_BRANCH=f", "main", "f main default")]
    [TestCase("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_BRANCH=f BITBUCKET_PR_ID=7 BITBUCKET_PR_DESTINATION_BRANCH=r1", "", "pr_7 r1 default")]
    [TestCase("APPVEYOR=True APPVEYOR_REPO_BRANCH=f", "main", "f main default")]
    [TestCase("APPVEYOR=True APPVEYOR_REPO_BRANCH=r1 APPVEYOR_PULL_REQUEST_NUMBER=7", "", "pr_7 r1 default")]
    [TestCase("TRAVIS=true TRAVIS_EVENT_TYPE=push TRAVIS_BRANCH=f TRAVIS_PULL_REQUEST=false", "main", "f main default")]
    [TestCase("TRAVIS=true TRAVIS_EVENT_TYPE=pull_request TRAVIS_BRANCH=r1 TRAVIS_PULL_REQUEST=7", "", "pr_7 r1 default")]
    [TestCase("DRONE=true DRONE_REPO_BRANCH=main DRONE_BUILD_EVENT=push DRONE_BRANCH=f", "", "f default")]
    [TestCase("DRONE=true DRONE_REPO_BRANCH=main DRONE_BUILD_EVENT=pull_request DRONE_TARGET_BRANCH=r1 DRONE_PULL_REQUEST=7", "", "pr_7 r1 default")]
    [TestCase("CI=woodpecker CI_REPO_DEFAULT_BRANCH=main CI_PIPELINE_EVENT=push CI_COMMIT_BRANCH=f", "", "f default")]
    [TestCase("CI=woodpecker CI_REPO_DEFAULT_BRANCH=main CI_PIPELINE_EVENT=pull_request CI_COMMIT_TARGET_BRANCH=r1 CI_COMMIT_PULL_REQUEST=7", "",
        "pr_7 r1 default")]
    [TestCase("TEAMCITY_VERSION=2025", "main", "main default")]
    public void Each_system_is_read_for_it(string variables, string defaultOfRemote, string expected) =>
        Assert.That(Reads(CiSystems.Find(CiSystemsTests.Variables(variables)), "", defaultOfRemote), Is.EqualTo(expected));

    [TestCase("push", "refs/heads/f", """{"repository":{"default_branch":"main"}}""", "f default")]
    [TestCase("push", "refs/heads/f", """{"repository":{"default_branch":"main"},"base_ref":"refs/heads/r1"}""", "f r1 default")]
    [TestCase("pull_request", "refs/pull/7/merge", """{"repository":{"default_branch":"main"},"pull_request":{"number":7,"base":{"ref":"r1"}}}""",
        "pr_7 r1 default")]
    [TestCase("merge_group", "refs/heads/queue", """{"repository":{"default_branch":"main"},"merge_group":{"base_ref":"refs/heads/r1"}}""",
        "queue r1 default")]
    public void GitHub_tells_it_in_the_events_file(string name, string reference, string file, string expected)
    {
        using var folder = new TestFolder();
        var variables = $"GITHUB_ACTIONS=true GITHUB_EVENT_NAME={name} GITHUB_REF={reference} GITHUB_EVENT_PATH={folder.Write("event.json", file)}";
        Assert.That(Reads(CiSystems.Find(CiSystemsTests.Variables(variables)), "", ""), Is.EqualTo(expected));
    }

    [Test]
    public void The_property_tells_it_over_all_others() =>
        Assert.That(Reads(CiSystems.Find(CiSystemsTests.Variables(GitLab + "push CI_COMMIT_BRANCH=f")), "r1", "main"), Is.EqualTo("f r1 default"));

    [Test]
    public void What_the_clone_says_is_not_enough_to_write_everybodys_cache()
    {
        var run = CiSystems.Find(CiSystemsTests.Variables("CIRCLECI=true CIRCLE_BRANCH=main"));
        Assert.That(CacheProfileChoice.Of(null, run, "", "", new StubGit("main", "main")).Profile, Is.EqualTo(CacheProfile.Branch));
    }

    [Test]
    public void A_clone_and_its_worktrees_say_what_origin_had()
    {
        using var folder = new TestFolder();
        folder.Write("repo/.git/HEAD", "ref: refs/heads/f\n");
        folder.Write("repo/.git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/trunk/1\n");
        folder.Write("repo/.git/worktrees/w/HEAD", "ref: refs/heads/g\n");
        folder.Write("repo/.git/worktrees/w/commondir", "../..\n");
        folder.Write("w/.git", $"gitdir: {folder.Path}/repo/.git/worktrees/w\n");
        var branches = new[] { "repo", "w", "" }.Select(name => new GitBranches(Path.Combine(folder.Path, name)));
        Assert.That(branches.Select(git => (git.Current, git.DefaultOfRemote)), Is.EqualTo(new[] { ("f", "trunk/1"), ("g", "trunk/1"), ("", "") }));
    }

    private static string Reads(CiRun? run, string baseBranch, string defaultOfRemote)
    {
        var choice = CacheProfileChoice.Of(null, run, "", baseBranch, new StubGit("", defaultOfRemote));
        var caches = CacheReferenceResolver.Resolve(new CacheQuestion
        {
            Scope = new CacheScope("r.example.com/shop", "devcache", "buildcache"),
            Profile = choice.Profile,
            Choice = choice,
            Pushes = true,
        });
        return string.Join(' ',
            caches.From.Select(cache => cache.Reference.Split(':')[1] is "buildcache" ? "default" : cache.Reference.Split(":buildcache-")[1]));
    }
}

/// <summary>A repository that says what it is told to.</summary>
internal sealed record StubGit(string Current, string DefaultOfRemote) : IGitBranches;
