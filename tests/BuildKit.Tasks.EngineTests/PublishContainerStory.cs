using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>The SDK's own way of asking for an image, taken over.</summary>
public sealed class PublishContainerStory : Story
{
    private const string Replace = "<BuildKitEnabled></BuildKitEnabled><BuildKitReplacePublishContainer>true</BuildKitReplacePublishContainer>";

    [Test]
    public async Task The_target_makes_our_image_and_returns_the_items_of_the_SDK()
    {
        WriteConsole(Replace);
        var plain = (await Project.PublishAsync()).Succeeded();
        Assert.That(plain.Log.Tasks, Has.No.Member("DockerBuildxBuild"), "a plain publish was not asked to make an image");

        var result = (await Project.PublishAsync("--no-restore", "-t:PublishContainer", "-getTargetResult:PublishContainer")).Succeeded();
        AssertOneImageOfOurs(result);
        var answer = JsonDocument.Parse(result.Output).RootElement.GetProperty("TargetResults").GetProperty("PublishContainer");
        Assert.That(answer.GetProperty("Result").GetString(), Is.EqualTo("Success"));
        var container = answer.GetProperty("Items").EnumerateArray().Single();
        Assert.That(container.GetProperty("ManifestDigest").GetString(), Is.EqualTo((await Images.ManifestAsync(Repository)).Digest));

        var again = (await Project.PublishAsync("--no-restore", "-t:PublishContainer")).Succeeded();
        Assert.That(again.Output, Does.Contain("unchanged"));
    }

    [TestCase("", Description = "replaced only")]
    [TestCase("<BuildKitEnabled>true</BuildKitEnabled>", Description = "both switches")]
    public async Task The_publish_profile_makes_one_image_ours(string enabled)
    {
        Project.Write("app.csproj", Console($"{Replace}{enabled}<ContainerBaseImage>{BaseImages.Of("aspnet")}</ContainerBaseImage>")
            .Replace("Microsoft.NET.Sdk\"", "Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal));
        Project.Write("Program.cs",
            "using Microsoft.AspNetCore.Builder;\nvar app = WebApplication.Create(args);\napp.MapGet(\"/\", () => \"hello\");\napp.Run();\n");
        Project.Write("Dockerfile", "FROM scratch\nCOPY nothing-of-this-name /\n");
        var result = (await Project.PublishAsync("-p:PublishProfile=DefaultContainer", "-v:n")).Succeeded();
        AssertOneImageOfOurs(result);
        Assert.That(result.Output, Does.Contain("BK2021"), "a Dockerfile was seen and not used");
        Assert.That(await new EngineImages(Machine.Engine).GetAsync(Image, "/"), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Both_switches_with_the_target_make_one_image()
    {
        WriteConsole("<BuildKitReplacePublishContainer>true</BuildKitReplacePublishContainer>");
        AssertOneImageOfOurs((await Project.PublishAsync("-t:PublishContainer")).Succeeded());
    }

    [Test]
    public async Task In_a_solution_libraries_are_passed_over_as_by_the_SDK()
    {
        WriteConsole(Replace, "<ProjectReference Include=\"lib/lib.csproj\" />");
        Project.Write("Directory.Build.props",
            "<Project><PropertyGroup><DefaultItemExcludes>lib/**;$(DefaultItemExcludes)</DefaultItemExcludes></PropertyGroup></Project>");
        Project.Write("lib/lib.csproj", Console(Replace + "<OutputType>Library</OutputType>"));
        Project.Write("lib/Text.cs", "public static class Text { }");
        Project.Write("All.slnx", "<Solution><Project Path=\"app.csproj\" /><Project Path=\"lib/lib.csproj\" /></Solution>");
        (await Project.PublishAsync("All.slnx", "-t:PublishContainer", "-p:BuildKitReplacePublishContainer=false",
            "-p:ContainerRepository=sdk/solution")).Succeeded();
        AssertOneImageOfOurs((await Project.PublishAsync("All.slnx", "-t:PublishContainer")).Succeeded());

        // Where the SDK's target is switched off, ours makes the image with the names of the project.
        AssertOneImageOfOurs(
            (await Project.PublishAsync("app.csproj", "-t:PublishContainer", "--no-build", "-p:EnableSdkContainerSupport=false",
                $"-p:ContainerRepository={Repository}/off")).Succeeded());
        Assert.That(await Images.FindAsync($"{Repository}/off"), Is.Not.Null);
    }

    [Test]
    public async Task A_publish_profile_of_the_project_may_hold_our_properties()
    {
        WriteConsole("<BuildKitEnabled></BuildKitEnabled>");
        Project.Write("Properties/PublishProfiles/image.pubxml",
            "<Project><PropertyGroup><BuildKitEnabled>true</BuildKitEnabled><ContainerImageTag>of-the-profile</ContainerImageTag></PropertyGroup>"
                + "</Project>");
        (await Project.PublishAsync("-p:PublishProfile=image")).Succeeded();
        Assert.That(await Images.FindAsync(Repository, "of-the-profile"), Is.Not.Null);
    }

    private static void AssertOneImageOfOurs(DotnetResult result)
    {
        Assert.That(result.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        Assert.That(result.Log.Tasks, Has.No.Member("CreateNewImage").And.No.Member("CreateImageIndex"));
    }
}
