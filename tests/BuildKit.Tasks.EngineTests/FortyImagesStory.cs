using System.Diagnostics;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Many projects.</summary>
public sealed class FortyImagesStory : BakeStory
{
    [Test]
    [Category("Long")]
    public async Task Forty_projects_are_one_bake()
    {
        var names = Enumerable.Range(0, 40).Select(number => $"p{number:00}").ToArray();
        Project.Write("lib/lib.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        Project.Write("lib/Text.cs", "public static class Text { public const string Of = \"1\"; }");
        foreach (var name in names)
        {
            if (name.EndsWith('0') || name.EndsWith('5'))
            {
                Project.Write($"{name}/{name}.csproj",
                    Console($"<ContainerRepository>{Repository}/{name}</ContainerRepository>", "<ProjectReference Include=\"../lib/lib.csproj\" />"));
                Project.Write($"{name}/Program.cs", "System.Console.WriteLine(Text.Of);");
            }
            else
            {
                WriteFolder(name, $"RUN echo {name} > /name");
            }
        }

        WriteImages("p0*/*.csproj;p0*/*.proj");
        File.Move(Project.PathOf("images.proj"), Project.PathOf("ten.proj"));
        WriteImages("p*/*.csproj;p*/*.proj");
        (await Project.DotnetAsync(["restore", "images.proj"])).Succeeded();
        (await Project.DotnetAsync(["restore", "ten.proj"])).Succeeded();

        var ten = await TimeAsync("10, first time", "ten.proj");
        Assert.That(ten.Output, Does.Contain("ten -> 10 images: 10 built, 0 unchanged"));
        var all = await TimeAsync("40, 30 of them the first time", "images.proj", "-p:BuildKitForce=true");
        Assert.That(all.Output, Does.Contain("images -> 40 images: 40 built, 0 unchanged"));
        Assert.That(all.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(1));
        Assert.That((await DigestsAsync(names)).Values, Has.None.Null);
        await TimeAsync("10, all again", "ten.proj", "-p:BuildKitForce=true");
        await TimeAsync("40, all again", "images.proj", "-p:BuildKitForce=true");
        Assert.That((await TimeAsync("10, nothing changed", "ten.proj")).Output, Does.Contain("0 built, 10 unchanged"));
        Assert.That((await TimeAsync("40, nothing changed", "images.proj")).Output, Does.Contain("0 built, 40 unchanged"));
    }

    private async Task<DotnetResult> TimeAsync(string what, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        var result = (await Project.PublishAsync(["--no-restore", .. arguments])).Succeeded();
        await TestContext.Progress.WriteLineAsync($"{what}: {clock.Elapsed.TotalSeconds:F1} s");
        return result;
    }
}
