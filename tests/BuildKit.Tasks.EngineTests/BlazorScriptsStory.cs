namespace BuildKit.Tasks.EngineTests;

/// <summary>What BK3309 is about, with a project of the SDK: a restore that sees no components leaves Blazor's scripts out.</summary>
public sealed class BlazorScriptsStory : Story
{
    [TestCase("", "none", true)]
    [TestCase("<RequiresAspNetWebAssets>true</RequiresAspNetWebAssets>", "blazor.web.js", false)]
    public async Task Scripts_are_published_when_the_restore_knows_of_components(string property, string published, bool isTold)
    {
        WriteApp(property);
        await WriteFeedAsync();
        WriteDockerfile($"""
            FROM {BaseImages.Of("sdk")} AS build
            WORKDIR /src
            COPY feed feed/
            COPY App/App.csproj App/
            RUN dotnet restore App/App.csproj --source /src/feed
            COPY . .
            RUN dotnet publish App/App.csproj --no-restore -o /out
            FROM {BaseImages.Debian}
            COPY --from=build /out/wwwroot /wwwroot
            """);
        (await Project.DotnetAsync(["publish", "image.proj"])).Succeeded();
        var found = await new EngineImages(Machine.Engine).RunShellAsync(Image, "ls /wwwroot/_framework 2>/dev/null || echo none");
        Assert.That(found.Split('\n'), Does.Contain(published));

        var told = (await Project.DotnetAsync(["build", "image.proj", "-t:BuildKitCheck"])).Succeeded().Log.Warnings
            .Where(warning => warning.Code == "BK3309").Select(warning => warning.Line);
        Assert.That(told, Is.EqualTo(isTold ? [5] : Array.Empty<int>()));
    }

    private void WriteApp(string property)
    {
        Project.Write("App/App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                {property}
              </PropertyGroup>
            </Project>
            """);
        Project.Write("App/Program.cs", """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddRazorComponents().AddInteractiveServerComponents();
            var app = builder.Build();
            app.MapStaticAssets();
            app.Run();
            """);
        Project.Write("App/Components/Hello.razor", "<p>hello</p>");
        Project.Write("App/wwwroot/a.txt", "a");
        Project.Write(".dockerignore", "**/obj\n**/bin\npackages\n");
    }

    // The package that the SDK adds, for steps without a network.
    private async Task WriteFeedAsync()
    {
        (await Project.DotnetAsync(["restore", "App/App.csproj", "--packages", Project.PathOf("packages")])).Succeeded();
        var package = Directory.GetFiles(Project.PathOf("packages"), "microsoft.aspnetcore.app.internal.assets.*.nupkg", SearchOption.AllDirectories);
        Project.Write("feed/README", "the feed");
        File.Copy(package.Single(), Project.PathOf("feed/" + Path.GetFileName(package.Single())));
    }
}
