namespace BuildKit.Tasks.EngineTests;

/// <summary>Switched on for a whole tree, images go to programs that run on a server.</summary>
public sealed class WholeTreeStory : Story
{
    [Test]
    public async Task Servers_get_images_and_nothing_else_does()
    {
        Project.Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <BuildKitEnabled>true</BuildKitEnabled>
                <ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry>
                <ContainerRepository>{Repository}/$(MSBuildProjectName.ToLowerInvariant())</ContainerRepository>
                <ContainerBaseImage>{BaseImages.Of("aspnet")}</ContainerBaseImage>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="BuildKit.Tasks" Version="{Machine.Feed.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        Add("Library", "Microsoft.NET.Sdk", "", "public class Library;");
        Add("Tests", "Microsoft.NET.Sdk", "<OutputType>Exe</OutputType><IsTestProject>true</IsTestProject>", "return;");
        Add("PlatformTests", "Microsoft.NET.Sdk", "<OutputType>Exe</OutputType><IsTestingPlatformApplication>true</IsTestingPlatformApplication>",
            "return;");
        Add("Tool", "Microsoft.NET.Sdk", "<OutputType>Exe</OutputType><PackAsTool>true</PackAsTool>", "return;");
        Add("Window", "Microsoft.NET.Sdk", "<OutputType>WinExe</OutputType>", "return;");
        Add("Web", "Microsoft.NET.Sdk.Web", "", "WebApplication.CreateBuilder(args).Build().Run();");
        Add("Job", "Microsoft.NET.Sdk.Web", "<OutputType>Exe</OutputType>", "return;");
        Project.Write("All.slnx", """
            <Solution>
              <Project Path="Library/Library.csproj" />
              <Project Path="Tests/Tests.csproj" />
              <Project Path="PlatformTests/PlatformTests.csproj" />
              <Project Path="Tool/Tool.csproj" />
              <Project Path="Window/Window.csproj" />
              <Project Path="Web/Web.csproj" />
              <Project Path="Job/Job.csproj" />
            </Solution>
            """);
        (await Project.PublishAsync("All.slnx", "-m:2")).Succeeded();
        var made = new List<string>();
        foreach (var name in new[] { "library", "tests", "platformtests", "tool", "window", "web", "job" })
        {
            if (await Images.FindAsync($"{Repository}/{name}") is not null)
            {
                made.Add(name);
            }
        }

        Assert.That(made, Is.EqualTo(new[] { "web", "job" }));
    }

    private void Add(string name, string sdk, string properties, string code)
    {
        Project.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup><ImplicitUsings>enable</ImplicitUsings>{properties}</PropertyGroup>
            </Project>
            """);
        Project.Write($"{name}/Program.cs", code);
    }
}
