using BuildKit.Core.BuildContexts;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.Tests.BuildContexts;

public sealed class ContextLocatorTests
{
    private const string Own = "repository/src/Shop.Api";

    [TestCase("COPY Shop.Api/Shop.Api.csproj Shop.Api/", "repository/src")]
    [TestCase("COPY [\"src/Shop.Api/Shop.Api.csproj\", \"x\"]", "repository")]
    [TestCase("COPY /src/Shop.Api/Shop.Api.csproj x", "repository")]
    [TestCase("COPY ../src/./Shop.Api/ x", "repository")]
    [TestCase("COPY Shop.Api.csproj .", Own)]
    [TestCase("COPY src/*/*.csproj ./", "repository")]
    [TestCase("COPY src/**/*.cs ./", "repository")]
    [TestCase("COPY **/Deep.cs ./", Own)]
    [TestCase("COPY src/[R-T]hop.Api x", "repository")]
    [TestCase("ADD Shop.sln .", "repository")]
    [TestCase("RUN --mount=type=bind,source=src/Shop.Api,target=/x y", "repository")]
    [TestCase("COPY Shop.Api/Shop.Api.csproj x\nCOPY Shop.sln x", "repository/src")]
    [TestCase("COPY src/Shop.Api x\nCOPY Shop.sln x\nCOPY src/Gone/b.txt x", "repository")]
    [TestCase("ARG P=Shop.Api\nCOPY src/${P}/${P}.csproj x", "repository")]
    [TestCase("COPY . /r\nRUN dotnet build /r/src/Shop.Api/Shop.Api.csproj", "repository")]
    [TestCase("COPY . /r\nRUN make -C src", Own)]
    [TestCase("COPY . /r\nRUN cp -r /r/src/Shop.Api /x", "repository")]
    [TestCase("RUN --mount=type=bind,target=/r dotnet build /r/Shop.Api/Shop.Api.csproj", "repository/src")]
    [TestCase("COPY src/Shop.Api x\nCOPY ${OTHER}/a x\nCOPY --from=b /none x", "repository")]
    [TestCase("COPY . .", Own)]
    [TestCase("COPY ./ .\nADD / .\nCOPY * .\nCOPY $A/Shop.sln .", Own)]
    [TestCase("COPY src/shop.api x", Own)]
    [TestCase("COPY missing/*.x x", Own)]
    [TestCase("COPY outside.txt x", Own)]
    [TestCase("", Own)]
    public void The_nearest_folder_that_has_most_sources_is_chosen(string text, string expected)
    {
        using var folder = Repository();
        folder.Make("repository/.git");
        Assert.That(Locate(folder, text).Directory, Is.EqualTo(folder.Full(expected)));
    }

    [Test]
    public void Without_repository_and_solution_the_project_ends_the_search()
    {
        using var folder = new TestFolder();
        folder.Write("project/app.txt");
        folder.Write("project/docker/Dockerfile");
        var dockerfile = folder.Full("project/docker/Dockerfile");
        var choice = ContextLocator.Locate(dockerfile, Dockerfile.Parse(dockerfile, "FROM x\nCOPY app.txt /"),
            projectFile: folder.Full("project/app.csproj"));
        Assert.That(choice.Directory, Is.EqualTo(folder.Full("project")));
    }

    [Test]
    public void A_git_file_ends_the_search_as_well()
    {
        using var folder = Repository();
        folder.Write("repository/.git");
        Assert.That(Locate(folder, "COPY outside.txt x").Directory, Is.EqualTo(folder.Full(Own)));
    }

    [TestCase("COPY src/Shop.Api x", "repository")]
    [TestCase("COPY outside.txt x", Own)]
    public void Without_git_the_outermost_solution_ends_the_search(string text, string expected)
    {
        using var folder = Repository();
        folder.Write("repository/src/Inner.slnx");
        Assert.That(Locate(folder, text).Directory, Is.EqualTo(folder.Full(expected)));
    }

    [Test]
    public void Without_git_and_solution_only_the_Dockerfiles_folder_counts()
    {
        using var folder = Repository();
        File.Delete(folder.Full("repository/Shop.sln"));
        Assert.That(Locate(folder, "COPY src/Shop.Api x").Directory, Is.EqualTo(folder.Full(Own)));
    }

    [TestCase("repository/src", Own)]
    [TestCase("repository", "repository")]
    public void A_boundary_ends_the_search(string boundary, string expected)
    {
        using var folder = Repository();
        Assert.That(Locate(folder, "COPY src/Shop.Api x", folder.Full(boundary) + "/").Directory, Is.EqualTo(folder.Full(expected)));
    }

    [TestCase("COPY . .", "the Dockerfile's folder, since no COPY source names a file")]
    [TestCase("COPY Shop.sln src/Shop.Api src/Shop.Api/Shop.Api.csproj src/Shop.Api/a/Deep.cs x",
        "the nearest folder that has every COPY source (Shop.sln, src/Shop.Api, src/Shop.Api/Shop.Api.csproj, ...)")]
    [TestCase("COPY missing x", "the Dockerfile's folder, since no folder from there up to {root} has any COPY source (missing)")]
    [TestCase("COPY src/Shop.Api/a/Deep.cs x\nCOPY src/Gone/b.txt x",
        "the nearest folder that has most COPY sources, 1 of 2, without src/Gone/b.txt")]
    [TestCase("COPY . /r\nRUN dotnet build /r/src/Shop.Api/Shop.Api.csproj",
        "the nearest folder that has what the steps use (src/Shop.Api/Shop.Api.csproj)")]
    public void The_reason_is_told(string text, string reason)
    {
        using var folder = Repository();
        Assert.That(Locate(folder, text).Reason, Is.EqualTo(reason.Replace("{root}", folder.Full("repository"), StringComparison.Ordinal)));
    }

    [TestCase("Shop.slnx", "<Solution><Folder Name=\"/docker/\"><File Path=\"docker/Dockerfile\" /></Folder></Solution>", true)]
    [TestCase("Shop.sln", "\tProjectSection(SolutionItems) = preProject\r\n\t\tdocker\\Dockerfile = docker\\Dockerfile\r\n", true)]
    [TestCase("Shop.slnx", "<Solution><Folder Name=\"/docker/\"><File Path=\"other/Dockerfile\" /></Folder></Solution>", false)]
    [TestCase("Shop.sln", "\t\tdocker\\Dockerfile = other\\Dockerfile\r\n", false)]
    [TestCase("Shop.slnx", "<Solution", false, Description = "what cannot be read says nothing")]
    public void A_solution_that_has_the_Dockerfile_among_its_items_tells(string name, string text, bool tells)
    {
        using var folder = new TestFolder();
        folder.Make("repository/.git");
        folder.Write("repository/" + name, text);
        var path = folder.Write("repository/docker/Dockerfile", "FROM x\nCOPY . .\nRUN make\n");
        var choice = ContextLocator.Locate(path, Dockerfile.Load(path));
        Assert.That(choice.Directory, Is.EqualTo(folder.Full(tells ? "repository" : "repository/docker")));
        Assert.That(choice.Reason,
            Does.StartWith(tells ? $"the folder of {name}, which has this Dockerfile among its items" : "the Dockerfile's folder"));

        // A project beside the Dockerfile is what it builds.
        folder.Write("repository/docker/Tool.csproj");
        Assert.That(ContextLocator.Locate(path, Dockerfile.Load(path)).Directory, Is.EqualTo(folder.Full("repository/docker")));
    }

    private static TestFolder Repository()
    {
        var folder = new TestFolder();
        folder.Write("outside.txt");
        folder.Write("repository/Shop.sln");
        folder.Write(Own + "/Shop.Api.csproj");
        folder.Write(Own + "/a/Deep.cs");
        return folder;
    }

    private static ContextChoice Locate(TestFolder folder, string text, string? boundary = null)
    {
        var path = folder.Write(Own + "/Dockerfile", "FROM x\n" + text);
        return ContextLocator.Locate(path, Dockerfile.Load(path), boundary);
    }
}
