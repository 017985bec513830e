using BuildKit.Core.BuildContexts;

namespace BuildKit.Core.Tests.BuildContexts;

public sealed class NearestPathTests
{
    [TestCase("src/Shop.Api/Shop.Api.csporj", "src/Shop.Api/Shop.Api.csproj", TestName = "A letter is wrong")]
    [TestCase("src/shop.api/shop.api.csproj", "src/Shop.Api/Shop.Api.csproj", TestName = "Letters have another case")]
    [TestCase("/scr/Shop.Api/Shop.Api.csproj", "src/Shop.Api/Shop.Api.csproj", TestName = "A folder is misspelled")]
    [TestCase("Shop.Api.csproj", "src/Shop.Api/Shop.Api.csproj", TestName = "The folder is missing")]
    [TestCase("package.json", null, TestName = "Nothing is near")]
    [TestCase("src/*.fsproj", null, TestName = "A pattern means no file")]
    [TestCase("src/Shop.Api/Shop.Api.csproj", null, TestName = "It is there")]
    public void The_path_that_was_meant_is_found(string wanted, string? expected)
    {
        using var folder = new TestFolder();
        folder.Write("src/Shop.Api/Shop.Api.csproj");
        folder.Write("src/Shop.Api/Program.cs");
        Assert.That(NearestPath.Find(folder.Path, wanted), Is.EqualTo(expected));
    }
}
