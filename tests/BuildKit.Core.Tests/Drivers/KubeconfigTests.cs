using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;
using BuildKit.Core.Systems;
using static BuildKit.Core.Tests.Builders.BuilderStory;

namespace BuildKit.Core.Tests.Drivers;

public sealed class KubeconfigTests
{
    private const string Whole = """
        apiVersion: v1
        current-context: shop
        clusters: [{name: c, cluster: {server: "https://k:6443"}}]
        contexts: [{name: shop, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: t}}]
        """;

    [Test]
    public void A_whole_one_is_accepted() => Assert.DoesNotThrow(() => Check(Whole));

    [TestCase("current-context: shop", "current-context: shpo", "BK1029",
        "the current context \"shpo\" does not exist. Select a context (\"kubectl config use-context NAME\"; there are: shop)")]
    [TestCase("current-context: shop", "kind: Config", "BK1029", "no current context is set")]
    [TestCase("{cluster: c, user: u}", "{cluster: d, user: u}", "BK1029", "names the cluster \"d\", which does not exist")]
    [TestCase("{cluster: c, user: u}", "{cluster: c, user: w}", "BK1029", "names the user \"w\", who does not exist")]
    [TestCase("{server: \"https://k:6443\"}", "{}", "BK1029", "the cluster \"c\" has no server")]
    [TestCase("apiVersion: v1", "apiVersion: [", "BK1028", "cannot be read")]
    public void Each_problem_has_its_words(string text, string instead, string code, string words)
    {
        var refusal = Refusal(() => Check(Whole.Replace(text, instead, StringComparison.Ordinal))).Single();
        Assert.That(refusal.Code, Is.EqualTo(code));
        Assert.That(refusal.Message, Does.Contain(words));
    }

    [TestCase("[", 100_000)]
    [TestCase("{a: ", 100_000)]
    [TestCase("- ", 100_000)]
    public void One_that_nests_without_end_is_refused_with_its_line(string part, int times)
    {
        var refusal = Refusal(() => Check("apiVersion: v1\nclusters: " + string.Concat(Enumerable.Repeat(part, times)))).Single();
        Assert.That((refusal.Code, refusal.Location!.Line), Is.EqualTo(("BK1028", 2)));
        Assert.That(refusal.Message, Does.Contain("more than 100 levels").Or.Contains("cannot be read"));
    }

    [Test]
    public void A_missing_one_is_named()
    {
        var refusal = Refusal(() => Kubeconfig.Check("k", new BuildEnvironment { ["HOME"] = "/nobody", ["USERPROFILE"] = "/nobody" }, null)).Single();
        Assert.That(refusal.Code, Is.EqualTo("BK1027"));
        Assert.That(refusal.Message, Does.Contain(Path.Combine("/nobody", ".kube", "config")));
    }

    [TestCase(@"C:\Users\x\.kube\config", @"C:\Users\x\.kube\config")]
    [TestCase(@"D:\home\.kube\config", @"D:\home\.kube\config")]
    [TestCase(@"H:\x\.kube\config", @"H:\x\.kube\config")]
    [TestCase("", @"C:\Users\x\.kube\config")]
    public void On_Windows_it_is_in_the_first_home_that_has_one(string there, string expected)
    {
        var environment = new BuildEnvironment { ["HOME"] = @"D:\home", ["HOMEDRIVE"] = "H:", ["HOMEPATH"] = @"\x", ["USERPROFILE"] = @"C:\Users\x" };
        Assert.That(Kubeconfig.FilesOf(environment, HostSystem.Windows, file => file == there).Single(), Is.EqualTo(expected));
        Assert.That(
            Kubeconfig.FilesOf(new() { ["KUBECONFIG"] = @"C:\a;D:\b" }, HostSystem.Windows, _ => true), Is.EqualTo(new[] { @"C:\a", @"D:\b" }));
    }

    [Test]
    public void Several_files_are_read_as_one()
    {
        using var folder = new TestFolder();
        var first = folder.Write("a", "current-context: shop\n");
        var second = folder.Write("b", Whole.Replace("current-context: shop", "", StringComparison.Ordinal));
        Assert.DoesNotThrow(() => Kubeconfig.Check("k", new BuildEnvironment { ["KUBECONFIG"] = $"{first}{Path.PathSeparator}{second}" }, null));
    }

    private static void Check(string text)
    {
        using var folder = new TestFolder();
        Kubeconfig.Check("k", new BuildEnvironment { ["KUBECONFIG"] = folder.Write("config", text) }, null);
    }
}
