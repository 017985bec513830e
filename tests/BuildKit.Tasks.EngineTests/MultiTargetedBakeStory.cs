namespace BuildKit.Tasks.EngineTests;

/// <summary>In a bake, one inner build stands for a multi-targeted project, however the project came into the bake.</summary>
public sealed class MultiTargetedBakeStory : BakeStory
{
    private static readonly Dictionary<string, string?> InCi = new() { ["CI"] = "true" };

    [TestCase("net10.0;netstandard2.1", "", "images.proj")]
    [TestCase("netstandard2.1;net10.0", "net10.0", "solution in images.proj")]
    [TestCase("netstandard2.1;net10.0;net9.0", "net10.0", "all.slnx")]
    public async Task Its_image_is_laid_on_a_base_image_of_the_same_bake(string frameworks, string chosen, string way)
    {
        WriteFolder("base", "RUN echo 1 > /made");
        WriteProgram(frameworks, chosen);
        Project.Write("all.slnx", "<Solution><Project Path=\"base/base.proj\" Type=\"C#\" /><Project Path=\"app/app.csproj\" /></Solution>");
        WriteImages(way == "images.proj" ? "*/*.csproj;*/*.proj" : "all.slnx");
        WriteSolutionTargets();
        var entry = way == "all.slnx" ? way : "images.proj";
        var name = way == "all.slnx" ? "all.slnx" : "images";

        var first = (await BakeAsync(entry)).Succeeded();

        Assert.That(Baked(first), Is.EquivalentTo(new[] { "app", "base" }));
        Assert.That(first.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(2), "published files wait for their base image");
        Assert.That(first.Output, Does.Contain($"{name} -> 2 images: 2 built, 0 unchanged").And.Contain($"app -> pushed {Image}/app:latest"));
        Assert.That(first.Output, Does.Match($@"\n *{name} \[2/2\] ADD .*  [0-9.]+ s\n"), "in CI each step has its line");
        Assert.That(await ImagesFitAsync(), Is.True);
        Assert.That(FilesOf("app", "app.digest"), Has.Length.EqualTo(1).And.All.Contain("net10.0"));

        Assert.That((await BakeAsync(entry)).Succeeded().Output, Does.Contain("0 built, 2 unchanged"));

        // Nothing of the program changed; its base did.
        WriteFolder("base", "RUN echo 2 > /made");
        var third = (await BakeAsync(entry)).Succeeded();
        Assert.That(Baked(third), Is.EquivalentTo(new[] { "app", "base" }));
        Assert.That(await ImagesFitAsync(), Is.True);

        (await Project.DotnetAsync(["build", entry, "-t:BuildKitWriteBake", "-c", "Release"])).Succeeded();
        Assert.That(File.ReadAllText(Project.PathOf("docker-bake.json")), Does.Contain("\"app\"").And.Contain("\"base\""));
    }

    [Test]
    public async Task Of_several_images_of_a_project_those_are_built_whose_base_changed()
    {
        WriteImages();
        WriteFolder("base", "RUN echo 1 > /made");
        Project.Write("pair/pair.proj", WithoutCode("<BuildKitContext>context</BuildKitContext>", $"""
            <BuildKitImageDefinition Include="above" BuildKitDockerfile="above.Dockerfile" ContainerRepository="{Repository}/above" />
            <BuildKitImageDefinition Include="beside" BuildKitDockerfile="beside.Dockerfile" ContainerRepository="{Repository}/beside" />
            """));
        Project.Write("pair/context/file", "1");
        Project.Write("pair/above.Dockerfile", $"FROM {Image}/base\nCOPY file /\n");
        Project.Write("pair/beside.Dockerfile", "FROM scratch\nCOPY file /\n");
        Assert.That((await Project.PublishAsync("images.proj")).Succeeded().Output, Does.Contain("images -> 3 images: 3 built, 0 unchanged"));

        WriteFolder("base", "RUN echo 2 > /made");
        var second = (await Project.PublishAsync("images.proj")).Succeeded();
        Assert.That(Baked(second), Is.EquivalentTo(new[] { "base", "above" }));
        Assert.That(second.Output, Does.Contain("images -> 3 images: 2 built, 1 unchanged"));
    }

    private Task<DotnetResult> BakeAsync(string entry) => entry == "images.proj"
        ? Project.DotnetAsync(["publish", entry], variables: InCi)
        : Project.DotnetAsync(["build", entry, "-c", "Release", "-t:BuildKitBake", "-restore"], variables: InCi);

    private async Task<bool> ImagesFitAsync()
    {
        var layers = (await Images.ManifestAsync(Repository + "/app")).Layers;
        return (await Images.ManifestAsync(Repository + "/base")).Layers.All(layers.Contains);
    }

    private void WriteProgram(string frameworks, string chosen)
    {
        var text = Console($"""
            <ContainerRepository>{Repository}/app</ContainerRepository><ContainerBaseImage>{Image}/base:latest</ContainerBaseImage>
            <BuildKitTargetFramework>{chosen}</BuildKitTargetFramework>
            <!-- A framework that is never built needs no packs. -->
            <DisableImplicitFrameworkReferences Condition="'$(TargetFramework)' == 'net9.0'">true</DisableImplicitFrameworkReferences>
            <UseAppHost Condition="'$(TargetFramework)' == 'net9.0'">false</UseAppHost>
            """);
        Project.Write("app/app.csproj",
            text.Replace("<TargetFramework>net10.0</TargetFramework>", $"<TargetFrameworks>{frameworks}</TargetFrameworks>",
                StringComparison.Ordinal));
        Project.Write("app/Program.cs", "System.Console.WriteLine(1);");
    }
}
