namespace BuildKit.Tasks.EngineTests;

/// <summary>A story of several projects whose images are made in one bake.</summary>
public abstract class BakeStory : Story
{
    /// <summary>Names of the images that were baked.</summary>
    protected static string[] Baked(DotnetResult result) =>
        [.. result.Log.Messages.Where(text => text.StartsWith("Baking ", StringComparison.Ordinal) && text.Contains(": ", StringComparison.Ordinal)
            && !text.Contains(" images: /", StringComparison.Ordinal))
            .Select(text => text["Baking ".Length..text.IndexOf(':', StringComparison.Ordinal)]).Distinct()];

    /// <summary>
    /// With it, what the engine forgot and makes again is what it was: a busy engine clears away what is not kept, and times
    /// are part of an image.
    /// </summary>
    protected static IReadOnlyDictionary<string, string?> OneTime { get; } = new Dictionary<string, string?> { ["SOURCE_DATE_EPOCH"] = "1700000000" };

    /// <summary>Publishes with <see cref="OneTime"/>.</summary>
    protected Task<DotnetResult> PublishAsync(params string[] arguments) => Project.DotnetAsync(["publish", .. arguments], "", OneTime);

    /// <summary>The project that bakes.</summary>
    protected void WriteImages(string projects = "*/*.csproj;*/*.proj") => Project.Write("images.proj", $"""
        <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
          <ItemGroup>
            <BuildKitProject Include="{projects}" />
          </ItemGroup>
        </Project>
        """);

    /// <summary>A project without code, and its Dockerfile.</summary>
    protected void WriteFolder(string name, string steps, string options = "", string from = "", string items = "", string repository = "")
    {
        var option = string.Concat(options.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => $"<BuildKitBuildOption Include=\"{text}\" />"));
        Project.Write($"{name}/{name}.proj",
            WithoutCode($"<ContainerRepository>{Repository}/{(repository.Length > 0 ? repository : name)}</ContainerRepository>", option + items));
        Project.Write($"{name}/Dockerfile", $"FROM {(from.Length > 0 ? from : BaseImages.Debian)}\n{steps}\n");
        Project.Write($"{name}/.dockerignore", "bin\nobj\n");
    }

    /// <summary>Makes each solution of the folder bake.</summary>
    protected void WriteSolutionTargets() => Project.Write("Directory.Solution.targets", $"""
        <Project>
          <Import Project="../build/BuildKit.Tasks.Solution.targets" Sdk="BuildKit.Tasks" Version="{Machine.Feed.Version}" />
        </Project>
        """);

    /// <summary>Digests of images of the registry by name; null for one that is not there.</summary>
    protected async Task<Dictionary<string, string?>> DigestsAsync(params string[] names)
    {
        var digests = new Dictionary<string, string?>();
        foreach (var name in names)
        {
            digests[name] = (await Images.FindAsync($"{Repository}/{name}"))?.Digest;
        }

        return digests;
    }

    /// <summary>Files that a project keeps for its images.</summary>
    protected string[] FilesOf(string project, string pattern) =>
        Directory.Exists(Project.PathOf(project + "/obj"))
            ? Directory.GetFiles(Project.PathOf(project + "/obj"), pattern, SearchOption.AllDirectories)
            : [];
}
