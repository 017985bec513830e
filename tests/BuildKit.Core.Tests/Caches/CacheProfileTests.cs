using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.ContinuousIntegration;
using BuildKit.Core.Images;

namespace BuildKit.Core.Tests.Caches;

/// <summary>Who reads and writes what, from the CI system's facts to the references: the hierarchy of the design.</summary>
public sealed class CacheProfileTests
{
    private static readonly IGitBranches Git = new StubGit("", "");
    private static readonly CiRun Push = new() { System = "CI", Event = CiEvent.Push, EventName = "push", DefaultBranch = "main" };
    private static readonly CiRun Request = new()
    { System = "CI", Event = CiEvent.PullRequest, EventName = "pr", Branch = "f", TargetBranch = "main", PullRequest = "7", IsFork = false };

    private static IEnumerable<TestCaseData> Runs =>
    [
        Case("a developer", null, "Development", "devcache buildcache", "devcache"),
        Case("the default branch", Push with { Branch = "main" }, "Production", "buildcache", "buildcache"),
        Case("a schedule", Push with { Branch = "main", Event = CiEvent.Schedule }, "Production", "buildcache", "buildcache"),
        Case("the button", Push with { Branch = "main", Event = CiEvent.Manual }, "Production", "buildcache", "buildcache"),
        Case("a tag", Push with { Tag = "v1" }, "Production", "buildcache", "buildcache"),
        Case("a branch", Push with { Branch = "f" }, "Branch", "buildcache-f buildcache", "buildcache-f"),
        Case("a branch of a branch", Push with { Branch = "f", TargetBranch = "r1" }, "Branch", "buildcache-f buildcache-r1 buildcache",
            "buildcache-f"),
        Case("a branch of the default branch", Push with { Branch = "f", TargetBranch = "main" }, "Branch", "buildcache-f buildcache",
            "buildcache-f"),
        Case("no default branch known", Push with { Branch = "main", DefaultBranch = "" }, "Branch", "buildcache-main buildcache", "buildcache-main"),
        Case("another pipeline on the default branch", Push with { Branch = "main", Event = CiEvent.Other }, "Branch", "buildcache-main buildcache",
            "buildcache-main"),
        Case("a tag by another pipeline", Push with { Tag = "v1", Event = CiEvent.Other }, "Branch", "buildcache", ""),
        Case("workflow_run", Push with { Branch = "main", Event = CiEvent.Other, MayBuildForeignCode = true }, "Branch",
            "buildcache-main buildcache", ""),
        Case("a detached head", Push with { Branch = "" }, "Branch", "buildcache", ""),
        Case("a pull request", Request, "PullRequest", "buildcache-pr_7 buildcache-main buildcache", "buildcache-pr_7"),
        Case("a pull request into the default branch", Request with { DefaultBranch = "main" }, "PullRequest", "buildcache-pr_7 buildcache",
            "buildcache-pr_7"),
        Case("a fork", Request with { IsFork = true, DefaultBranch = "main" }, "PullRequest", "buildcache-pr_7 buildcache", ""),
        Case("perhaps a fork", Request with { IsFork = null, DefaultBranch = "main" }, "PullRequest", "buildcache-pr_7 buildcache", ""),
        Case("pull_request_target", Request with { MayBuildForeignCode = true, DefaultBranch = "main" }, "PullRequest", "buildcache-pr_7 buildcache",
            ""),
    ];

    [TestCaseSource(nameof(Runs))]
    public void Each_run_reads_and_writes_its_own(CiRun? run, string profile, string reads, string writes)
    {
        var caches = Resolve(CacheProfileChoice.Of(null, run, "", "", Git));
        Assert.That(Tags(caches.From), Is.EqualTo(reads));
        Assert.That(Tags(caches.To), Is.EqualTo(writes));
        Assert.That(caches.Reason, Does.StartWith($"profile {profile} (").And.Contain(writes.Length == 0 ? "writes nothing: " : "writes "));
    }

    [Test]
    public void The_property_names_the_default_branch() => Assert.That(
        Tags(Resolve(CacheProfileChoice.Of(null, Push with { Branch = "trunk", DefaultBranch = "" }, "trunk", "", Git)).To),
        Is.EqualTo("buildcache"));

    [Test]
    public void The_reason_says_how_to_name_it() => Assert.That(
        CacheProfileChoice.Of(null, Push with { Branch = "main", DefaultBranch = "" }, "", "", Git).Reason, Does.Contain("BuildKitDefaultBranch"));

    [Test]
    public void The_property_decides_over_any_guess()
    {
        Assert.That(Tags(Resolve(CacheProfileChoice.Of(CacheProfile.Production, null, "", "", Git)).To), Is.EqualTo("buildcache"));
        Assert.That(Tags(Resolve(CacheProfileChoice.Of(CacheProfile.Development, Push with { Branch = "main" }, "", "", Git)).To),
            Is.EqualTo("devcache"));
    }

    [Test]
    public void A_fork_writes_nothing_even_with_the_production_profile_but_when_told_to_write_always()
    {
        var choice = CacheProfileChoice.Of(CacheProfile.Production, Request with { IsFork = true }, "", "", Git);
        Assert.That(Tags(Resolve(choice).To), Is.Empty);
        Assert.That(Tags(Resolve(choice, CacheWrite.Always).To), Is.EqualTo("buildcache"));
    }

    [Test]
    public void Outside_CI_the_branch_profile_takes_the_branch_that_is_checked_out()
    {
        using var folder = new TestFolder();
        folder.Write(".git/HEAD", "ref: refs/heads/f\n");
        Directory.CreateDirectory(Path.Combine(folder.Path, "src"));
        var choice = CacheProfileChoice.Of(CacheProfile.Branch, null, "main", "", new GitBranches(Path.Combine(folder.Path, "src")));
        Assert.That(Tags(Resolve(choice).From), Is.EqualTo("buildcache-f buildcache"));
    }

    [Test]
    public void Several_platforms_have_a_reference_each_and_read_all()
    {
        var caches = Resolve(CacheProfileChoice.Of(null, null, "", "", Git), platforms: [new("linux", "amd64"), new("linux", "arm64")]);
        Assert.That(Tags(caches.From), Is.EqualTo("devcache_linux-amd64 devcache_linux-arm64 buildcache_linux-amd64 buildcache_linux-arm64"));
        Assert.That(Tags(caches.To), Is.EqualTo("devcache_linux-amd64 devcache_linux-arm64"));
    }

    private static TestCaseData Case(string name, CiRun? run, string profile, string reads, string writes) =>
        new TestCaseData(run, profile, reads, writes).SetArgDisplayNames(name);

    private static ResolvedCaches Resolve(CacheProfileChoice choice, CacheWrite write = CacheWrite.Auto, Platform[]? platforms = null) =>
        CacheReferenceResolver.Resolve(new CacheQuestion
        {
            Scope = new CacheScope("r.example.com/shop", "devcache", "buildcache"),
            Profile = choice.Profile,
            Choice = choice,
            Write = write,
            Pushes = true,
            Platforms = platforms ?? [],
        });

    private static string Tags(IReadOnlyList<CacheReference> caches) => string.Join(' ', caches.Select(cache => cache.Reference.Split(':')[1]));
}
