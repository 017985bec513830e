namespace BuildKit.Tasks.EngineTests;

/// <summary>The checks that know the project, with what a real restore leaves and what really lies in the context.</summary>
public sealed class ProjectChecksStory : Story
{
    private const string Dockerfile = """
        FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/aspnet:9.0 AS base
        EXPOSE 80
        FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
        WORKDIR /src
        COPY app/app.csproj app/
        RUN dotnet restore app/app.csproj
        COPY . .
        RUN dotnet build app
        RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish --no-restore app -o /out
        FROM base
        COPY --from=build /out /app
        ENTRYPOINT ["dotnet", "/app/app.dll"]
        """;

    [Test]
    public async Task Each_has_its_code_at_its_line_and_says_what_to_write()
    {
        Project.Write("app/Dockerfile", Dockerfile);
        Project.Write("app/app.csproj", Console("<BuildKitContext>..</BuildKitContext>", $"""
            <ProjectReference Include="../core/core.csproj" />
            <BuildKitNamedContext Include="mcr.microsoft.com/dotnet/aspnet:9.0" Source="docker-image://{BaseImages.Of("aspnet")}" />
            <BuildKitNamedContext Include="mcr.microsoft.com/dotnet/sdk:10.0" Source="docker-image://{BaseImages.Of("sdk")}" />
            """));
        Project.Write("app/Program.cs", "");
        Project.Write("core/core.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        Project.Write("Directory.Packages.props", "<Project><PropertyGroup><LangVersion>latest</LangVersion></PropertyGroup></Project>");
        var warnings = (await Project.DotnetAsync(["build", "app/app.csproj", "-t:BuildKitCheck"])).Succeeded().Log.Warnings;
        string Text(string code) => warnings.First(warning => warning.Code == code).Text;
        Assert.Multiple(() =>
        {
            Assert.That(warnings.Select(warning => $"{warning.Code} {Path.GetFileName(warning.File)}({warning.Line})").Order(StringComparer.Ordinal),
                Is.EqualTo(new[]
            {
                "BK3301 Dockerfile(6)", "BK3302 Dockerfile(6)", "BK3303 Dockerfile(1)", "BK3304 Dockerfile(1)", "BK3305 Dockerfile(2)",
                "BK3306 Dockerfile(8)", "BK3307 Dockerfile(9)", "BK3311 Dockerfile(6)", "BK3314 Dockerfile(0)",
            }));
            Assert.That(Text("BK3301"), Does.EndWith("COPY core/core.csproj core/"));
            Assert.That(Text("BK3302"), Does.StartWith("Directory.Packages.props ").And.EndsWith("COPY Directory.Packages.props ./"));
            Assert.That(Text("BK3303"), Does.Contain("dotnet/aspnet:10.0 AS base"));
            Assert.That(Text("BK3306"), Does.Contain("--no-restore"));
            Assert.That(Text("BK3314"), Does.EndWith("**/obj"));
        });
    }
}
