namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>
/// Every page as its reader lives through it: files as shown, commands as typed, output as printed. One page after the other, since
/// pages use the same names and ports.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class DocumentsStory : Story
{
    private static IEnumerable<string> Pages =>
        new[] { "README.md", "nuget/PACKAGE.md", "nuget/templates/README.md" }
            .Concat(Directory.GetFiles(RepositoryRoot.PathOf("docs"), "*.md").Order(StringComparer.Ordinal)
                .Select(file => "docs/" + Path.GetFileName(file)))
            // Its blocks are examples of messages, which unit tests make.
            .Where(page => page != "docs/diagnostics.md");

    [TestCaseSource(nameof(Pages))]
    public async Task What_a_page_shows_works(string page)
    {
        var blocks = MarkdownBlock.Of(await File.ReadAllTextAsync(RepositoryRoot.PathOf(page)))
            .Where(block => block.Language.Length > 0 && !NotRun.Contains(page, block)).ToList();
        if (blocks.Count == 0)
        {
            return;
        }

        await ReaderMachine.ReadyAsync();
        await using var registry = await RegistryFixture.StartAsync("page");
        var reader = new Reader(Project, registry.Address, ReaderMachine.Variables(Project));
        try
        {
            foreach (var block in blocks)
            {
                await reader.DoAsync(block);
            }
        }
        finally
        {
            // A page leaves its container to the reader, who wants to look at it.
            await Machine.Engine.DockerAsync("rm", "--force", "shop");
        }
    }

    [Test]
    public void What_is_not_run_stands_in_its_page_and_says_why()
    {
        foreach (var one in NotRun.All)
        {
            var blocks = MarkdownBlock.Of(File.ReadAllText(RepositoryRoot.PathOf(one.Page)));
            Assert.That(blocks.Count(one.Is), Is.EqualTo(1), $"{one.Page}: {one.Has}");
            Assert.That(one.Reason, Does.EndWith("."));
        }
    }

    [Test]
    public void The_page_about_CI_has_the_workflows_that_are_tested()
    {
        var blocks = MarkdownBlock.Of(File.ReadAllText(RepositoryRoot.PathOf("docs/ci.md")))
            .Where(block => block.Language == "yaml").Select(block => block.Text);
        Assert.That(blocks, Is.EqualTo(new[] { "github-actions.yml", "gitlab-ci.yml", "azure-pipelines.yml" }
            .Select(file => File.ReadAllText(RepositoryRoot.PathOf("docs/workflows/" + file)).TrimEnd('\n'))));
    }
}
