namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>A block of the documents that no test runs, and why.</summary>
/// <param name="Page">The page.</param>
/// <param name="Has">A text that stands in this block of the page alone.</param>
/// <param name="Reason">Why.</param>
internal sealed record NotRun(string Page, string Has, string Reason)
{
    public static IReadOnlyList<NotRun> All { get; } =
    [
        new("README.md", "tests/try.sh", "Sets up an engine and runs these tests."),
        new("docs/getting-started.md", "dotnet nuget add source", "Packs the clone, and changes the NuGet settings of the user."),
        new("docs/getting-started.md", "engine.sh env try", "Belongs to the clone, and needs its engine."),
        new("docs/company-network.md", "Include=\"mcr.microsoft.com\"",
            "Needs a mirror of Microsoft's registry; RegistryMirrorStory builds with one."),
        new("docs/company-network.md", "CertificateAuthority",
            "Needs BuildKit's own image, which tests have not; CompanyRegistryStory builds with one that stands in for it."),
        new("docs/company-network.md", "moby/buildkit",
            "Needs a mirror of BuildKit's own image; BuilderDefinitionStory builds with one that stands in for it."),
        new("docs/company-network.md", "httpsProxy", "Belongs to Docker's settings of the user; ProxyStory builds with it."),
        new("docs/company-network.md", "<BuildKitBuilder>team",
            "Needs BuildKit on another machine; DriversStory builds with one that is reached by TLS."),
        new("docs/company-network.md", "<BuildKitBuilder>farm",
            "Needs BuildKit on two other machines; BuilderDefinitionStory holds what buildx keeps of it."),
        new("docs/company-network.md", "kubernetes", "Needs a cluster."),
        new("docs/company-network.md", "# buildkitd.toml", "Needs BuildKit's own image, which tests have not."),
        new("docs/ci.md", "# .github/workflows/image.yml: ", "WorkflowStory runs it; it equals the file in docs/workflows."),
        new("docs/ci.md", "# .gitlab-ci.yml: ", "WorkflowStory runs it; it equals the file in docs/workflows."),
        new("docs/ci.md", "# azure-pipelines.yml: ", "WorkflowStory runs it; it equals the file in docs/workflows."),
        new("docs/devspace-and-compose.md", "devspace deploy", "Needs DevSpace and a cluster."),
    ];

    /// <summary>Whether a page has a block that is not run.</summary>
    public static bool Contains(string page, MarkdownBlock block) => All.Any(one => one.Page == page && one.Is(block));

    /// <summary>Whether it is this block.</summary>
    public bool Is(MarkdownBlock block) => block.Text.Contains(Has, StringComparison.Ordinal);
}
