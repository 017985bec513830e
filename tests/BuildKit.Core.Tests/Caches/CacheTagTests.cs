using BuildKit.Core.Caches;
using BuildKit.Core.Images;
using FsCheck;
using FsCheck.Fluent;

namespace BuildKit.Core.Tests.Caches;

public sealed class CacheTagTests
{
    private const int Runs = 2000;

    // Names that git allows and people use, and any text at all.
    private static readonly Gen<string> Names = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get),
        Gen.Elements("feature", "Feature", "x", "pr", "7", "release", "1.0", "linux-amd64", "main", "ü", "日本", "_", "--", "..", new string('a', 90))
            .ListOf().Where(parts => parts.Count > 0)
            .SelectMany(parts => Gen.Elements("/", "-", "_", ".", "", "#").Select(separator => string.Join(separator, parts))));

    private static readonly Gen<string> Tags = Gen.Elements("buildcache", "devcache", "X", new string('b', 128), "a-b_c.d");

    [Test]
    public void Any_branch_gives_a_valid_tag() => Check.One(Configuration, Prop.ForAll(
        Names.ToArbitrary(), Tags.ToArbitrary(), (name, tag) =>
            ImageReference.IsTag(CacheTag.OfBranch(tag, name))
            && ImageReference.IsTag(CacheTag.OfPullRequest(tag, name))
            && ImageReference.IsTag(CacheTag.OfPlatform(CacheTag.OfBranch(tag, name), new Platform("linux", "arm", "v7")))));

    [Test]
    public void No_two_names_give_the_same_tag_whatever_they_name() => Check.One(Configuration, Prop.ForAll(
        Names.ListOf().ToArbitrary(), names =>
        {
            var distinct = names.Concat(["Pr_7", "pr_7", "pr-7", "7", "linux-amd64", "feature/x", "feature-x", "FEATURE/x"]).Distinct().ToList();
            var tags = distinct.SelectMany(name => new[] { CacheTag.OfBranch("buildcache", name), CacheTag.OfPullRequest("buildcache", name) })
                .SelectMany(tag => new[] { tag, CacheTag.OfPlatform(tag, new Platform("linux", "amd64")),
                    CacheTag.OfPlatform(tag, new Platform("linux", "arm64")) })
                .Append("buildcache").Append(CacheTag.OfPlatform("buildcache", new Platform("linux", "amd64"))).ToList();
            // Also where capitals do not count.
            return tags.Select(tag => tag.ToLowerInvariant()).Distinct().Count() == tags.Count;
        }));

    [TestCase("main", "buildcache-main")]
    [TestCase("release-1.0", "buildcache-release-1.0")]
    public void Plain_names_stay_readable(string branch, string tag) => Assert.That(CacheTag.OfBranch("buildcache", branch), Is.EqualTo(tag));

    [TestCase("feature/Login", "^buildcache-feature-login_[0-9a-f]{16}$")]
    [TestCase("dependabot/nuget/X_1", "^buildcache-dependabot-nuget-x-1_[0-9a-f]{16}$")]
    [TestCase("日本", "^buildcache-_[0-9a-f]{16}$")]
    public void Others_end_in_their_hash(string branch, string pattern) => Assert.That(CacheTag.OfBranch("buildcache", branch), Does.Match(pattern));

    [Test]
    public void Pull_requests_and_platforms_are_named_as_they_are()
    {
        Assert.That(CacheTag.OfPullRequest("buildcache", "12"), Is.EqualTo("buildcache-pr_12"));
        Assert.That(CacheTag.OfPlatform("devcache", new Platform("linux", "arm", "v7")), Is.EqualTo("devcache_linux-arm-v7"));
    }

    private static Config Configuration => Config.QuickThrowOnFailure.WithMaxTest(Runs);
}
