using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Tests.BuildContexts;

/// <summary>Cases follow https://docs.docker.com/build/concepts/context/#dockerignore-files and the rules of moby/patternmatcher.</summary>
public sealed class DockerIgnoreTests
{
    [TestCase("bin", "bin")]
    [TestCase("bin/", "bin/a/b")]
    [TestCase("/bin", "bin/a")]
    [TestCase("./bin//x/../", "bin/a")]
    [TestCase("  bin\t", "bin/a")]
    [TestCase("\uFEFFbin", "bin")]
    [TestCase("bin\r", "bin")]
    [TestCase("*.md", "a.md")]
    [TestCase("*/temp*", "a/temporary.txt")]
    [TestCase("*/*/temp*", "a/b/temp.txt")]
    [TestCase("temp?", "tempa")]
    [TestCase("**", "a/b")]
    [TestCase("**/", "a")]
    [TestCase("**/**", "a/b")]
    [TestCase("**/obj", "obj")]
    [TestCase("**/obj", "a/b/obj/c")]
    [TestCase("**/*.go", "a/b/c.go")]
    [TestCase("**/*.go", "c.go")]
    [TestCase("**.go", "a/b.go")]
    [TestCase("**/a/**", "x/a/b")]
    [TestCase("a/**/b", "a/b")]
    [TestCase("a/**/b", "a/x/y/b")]
    [TestCase("a**/*.txt", "a/b/c.txt")]
    [TestCase("dir/**", "dir/a/b")]
    [TestCase("ab[b-d]", "abc")]
    [TestCase("ab[^e-g]", "abc")]
    [TestCase("[\\]a]", "]")]
    [TestCase("[x\\-]", "-")]
    [TestCase("a[^a]b", "a☺b")]
    [TestCase("a?b", "a\U0001F600b")]
    [TestCase("[a-ζ]*", "α")]
    [TestCase("a\\*b", "a*b")]
    [TestCase("\\!a", "!a")]
    [TestCase("\\#a", "#a")]
    [TestCase(" #a", "#a")]
    [TestCase("a.|)$(}+{bc", "a.|)$(}+{bc")]
    [TestCase("x\\d", "x7")]
    [TestCase("a*b*c*d*e*/f", "axbxcxdxexxx/f")]
    public void Ignores(string text, string path) => Assert.That(Parse(text).IsIgnored(path), Is.True);

    [TestCase("", "a")]
    [TestCase("#bin", "bin")]
    [TestCase("bin", "a/bin")]
    [TestCase("bin", "binary")]
    [TestCase("Bin", "bin")]
    [TestCase(".", "a")]
    [TestCase("/", "a")]
    [TestCase("../a", "a")]
    [TestCase("*.md", "a/b.md")]
    [TestCase("temp?", "temp")]
    [TestCase("a?b", "a/b")]
    [TestCase("dir/**", "dir")]
    [TestCase("**/obj", "objects")]
    [TestCase("ab[e-g]", "abc")]
    [TestCase("[x\\-]", "z")]
    [TestCase("abc.def", "abcZdef")]
    [TestCase("a*b*c*d*e*/f", "axbxcxdxe/xxx/f")]
    [TestCase("[", "a")]
    [TestCase("[]a]", "]")]
    [TestCase("[x-]", "x")]
    [TestCase("a[", "a")]
    [TestCase("a\\", "a")]
    [TestCase("!", "a")]
    [TestCase("**", ".")]
    public void Does_not_ignore(string text, string path) => Assert.That(Parse(text).IsIgnored(path), Is.False);

    [TestCase("*.md|!README.md", "README.md", false)]
    [TestCase("!README.md|*.md", "README.md", true)]
    [TestCase("*.md|!README*.md|README-secret.md", "README-secret.md", true)]
    [TestCase("*.md|README-secret.md|!README*.md", "README-secret.md", false)]
    [TestCase("**|!src", "src/a/b.cs", false)]
    [TestCase("**|!src", "other", true)]
    [TestCase("**|!src|src/secret", "src/secret", true)]
    [TestCase("docs|!docs/a/keep.txt", "docs/a/keep.txt", false)]
    [TestCase("docs|!docs/a/keep.txt", "docs/a", true)]
    [TestCase("a|! /a/b ", "a/b", false)]
    [TestCase("a|!./a/b/", "a/b", false)]
    [TestCase("#|a|#!a", "a", true)]
    [TestCase("!!a|b", "b", true)]
    public void The_last_line_that_matches_decides(string lines, string path, bool ignored) =>
        Assert.That(Parse(lines.Replace('|', '\n')).IsIgnored(path), Is.EqualTo(ignored));

    [Test]
    public void An_exception_that_matches_only_a_folder_above_the_ignored_one_does_not_count_as_in_BuildKits_walk() =>
        Assert.That(Parse("a/b\n!a").IsIgnored("a/b/c"), Is.True);

    [TestCase("bin", "bin", true)]
    [TestCase("bin", "bin/a", true)]
    [TestCase("bin", "src", false)]
    [TestCase("bin|!bin/keep", "bin", false)]
    [TestCase("bin|!bin/keep", "bin/other", true)]
    [TestCase("**|!src/*/x", "node_modules", true)]
    [TestCase("**|!src/*/x", "src", false)]
    [TestCase("**|!src/*/x", "src/a", false)]
    [TestCase("**|!**/x", "node_modules", false)]
    [TestCase("**|!*.md", "node_modules", false)]
    public void A_directory_can_be_skipped_when_no_exception_could_match_below(string lines, string directory, bool skipped) =>
        Assert.That(Parse(lines.Replace('|', '\n')).CanSkipDirectory(directory), Is.EqualTo(skipped));

    [TestCase("src\\bin", "src/bin/a", true)]
    [TestCase("a\\*b", "a/xb", true)]
    [TestCase("a\\*b", "a*b", false)]
    public void On_Windows_a_backslash_divides_folders(string text, string path, bool ignored) =>
        Assert.That(DockerIgnore.Parse(text, null, escapes: false).IsIgnored(path), Is.EqualTo(ignored));

    [Test]
    public void The_file_beside_the_Dockerfile_replaces_that_of_the_context()
    {
        using var folder = new TestFolder();
        var dockerfile = folder.Write("docker/web.Dockerfile");
        Assert.That(DockerIgnore.Load(folder.Path, dockerfile).File, Is.Null);

        var general = folder.Write(".dockerignore", "a");
        var ignore = DockerIgnore.Load(folder.Path, dockerfile);
        Assert.That((ignore.File, ignore.IsIgnored("a")), Is.EqualTo((general, true)));

        var specific = folder.Write("docker/web.Dockerfile.dockerignore", "b");
        ignore = DockerIgnore.Load(folder.Path, dockerfile);
        Assert.That((ignore.File, ignore.IsIgnored("a"), ignore.IsIgnored("b")), Is.EqualTo((specific, false, true)));
    }

    [TestCase('*', 200_000)]
    [TestCase('*', 66)]
    [TestCase('?', 65)]
    [TestCase('a', 4097)]
    public void A_line_beyond_all_limits_is_refused_with_its_place(char character, int times)
    {
        using var folder = new TestFolder();
        var file = folder.Write(".dockerignore", "bin\n" + string.Concat(Enumerable.Repeat(character + (character == '*' ? "a" : ""), times)) + "\n");
        var refusal = Assert.Throws<DiagnosticException>(() => DockerIgnore.Load(folder.Path, folder.Full("Dockerfile")))!.Diagnostics.Single();
        Assert.That((refusal.Code, refusal.Location), Is.EqualTo(("BK3019", new SourceLocation(file, 2))));
        Assert.That(DockerIgnore.FindMalformed(folder.Path, folder.Full("Dockerfile"))?.Line, Is.EqualTo(2));
    }

    [Test]
    public void A_comment_may_be_as_long_as_it_likes()
    {
        using var folder = new TestFolder();
        folder.Write(".dockerignore", "#" + new string('*', 200_000) + "\nbin\n");
        Assert.That(DockerIgnore.Load(folder.Path, folder.Full("Dockerfile")).IsIgnored("bin"), Is.True);
    }

    private static DockerIgnore Parse(string text) => DockerIgnore.Parse(text, null, escapes: true);

    [TestCase("**/.git\n!.git/HEAD", ".git/HEAD", 0, true)]
    [TestCase("**/.git\n!.git/refs/heads/**", ".git/refs/heads/main", 0, true)]
    [TestCase("*\n!src", "src/App/bin/a.dll", 2, false)]
    [TestCase("*\n!src/**", "src/App/bin/a.dll", 2, false)]
    [TestCase("**/bin\n!**/bin/Release/publish", "src/bin/Release/publish/a.dll", 1, true)]
    [TestCase("*\n!**", "bin/a.dll", 0, false)]
    [TestCase("obj", "bin/a.dll", 0, false)]
    public void An_exception_that_names_what_lies_in_a_folder_is_a_wish(string rules, string path, int depth, bool wish) =>
        Assert.That(DockerIgnore.Parse(rules).WishesBelow(path.Split('/'), depth), Is.EqualTo(wish));
}
