namespace BuildKit.Tasks.EngineTests;

/// <summary>The Dockerfile that Visual Studio writes, unchanged. It publishes the project that asks for its image.</summary>
public sealed class VisualStudioDockerfileStory : Story
{
    private const string Template = """
        # See https://aka.ms/customizecontainer to learn how to customize your debug container and how Visual Studio uses this Dockerfile to build your images for faster debugging.

        # This stage is used when running from VS in fast mode (Default for Debug configuration)
        FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
        USER $APP_UID
        WORKDIR /app
        EXPOSE 8080
        EXPOSE 8081


        # This stage is used to build the service project
        FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
        ARG BUILD_CONFIGURATION=Release
        WORKDIR /src
        COPY ["Web/Web.csproj", "Web/"]
        RUN dotnet restore "./Web/Web.csproj"
        COPY . .
        WORKDIR "/src/Web"
        RUN dotnet build "./Web.csproj" -c $BUILD_CONFIGURATION -o /app/build

        # This stage is used to publish the service project to be copied to the final stage
        FROM build AS publish
        ARG BUILD_CONFIGURATION=Release
        RUN dotnet publish "./Web.csproj" -c $BUILD_CONFIGURATION -o /app/publish /p:UseAppHost=false

        # This stage is used in production or when running from VS in regular mode (Default when not using the Debug configuration)
        FROM base AS final
        WORKDIR /app
        COPY --from=publish /app/publish .
        ENTRYPOINT ["dotnet", "Web.dll"]
        """;

    [Test]
    public async Task The_template_builds_unchanged_and_without_recursion()
    {
        await MakeSdkImageWithFeedAsync();
        Project.Write("Web.slnx", "<Solution><Project Path=\"Web/Web.csproj\" /></Solution>");
        Project.Write("Web/Dockerfile", Template);
        Project.Write("Web/Program.cs", "var app = WebApplication.CreateBuilder(args).Build(); app.MapGet(\"/\", () => \"hello\"); app.Run();");
        Project.Write("Web/Web.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <BuildKitEnabled>true</BuildKitEnabled>
                <ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry>
                <ContainerRepository>{Repository}</ContainerRepository>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="BuildKit.Tasks" Version="{Machine.Feed.Version}" PrivateAssets="all" />
                <BuildKitNamedContext Include="mcr.microsoft.com/dotnet/aspnet:10.0" Source="docker-image://{BaseImages.Of("aspnet")}" />
                <BuildKitNamedContext Include="mcr.microsoft.com/dotnet/sdk:10.0" Source="docker-image://{Image}/sdk" />
              </ItemGroup>
            </Project>
            """);
        var result = (await Project.DotnetAsync(["publish", "-v:n"], "Web")).Succeeded();
        Assert.That(result.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain($"context {Project.Folder} (the nearest folder that has every COPY source"));
        Assert.That(await new EngineImages(Machine.Engine).GetAsync(Image, "/"), Is.EqualTo("hello"));
    }

    // The template copies no nuget.config before it restores; the feed with the package under test is in its SDK image.
    private async Task MakeSdkImageWithFeedAsync()
    {
        Project.Write("sdk/Dockerfile", $"FROM {BaseImages.Of("sdk")}\nCOPY *.nupkg /feed/\nCOPY NuGet.Config /root/.nuget/NuGet/\n");
        Project.Write("sdk/NuGet.Config",
            "<configuration><packageSources><clear /><add key=\"feed\" value=\"/feed\" /></packageSources></configuration>");
        foreach (var package in Directory.EnumerateFiles(Machine.Feed.Folder))
        {
            File.Copy(package, Project.PathOf("sdk/" + Path.GetFileName(package)));
        }

        (await Machine.Engine.DockerAsync(
            "buildx", "build", "--provenance=false", "--push", "-t", $"{Image}/sdk", Project.PathOf("sdk"))).Succeeded();
        Directory.Delete(Project.PathOf("sdk"), recursive: true);
    }
}
