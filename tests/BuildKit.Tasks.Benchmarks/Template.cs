namespace BuildKit.Tasks.Benchmarks;

/// <summary>The Dockerfile that Visual Studio's template makes for Shop.Api.</summary>
public static class Template
{
    /// <summary>Its text.</summary>
    public const string Dockerfile = """
        FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
        USER $APP_UID
        WORKDIR /app
        EXPOSE 8080
        EXPOSE 8081

        FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
        ARG BUILD_CONFIGURATION=Release
        WORKDIR /src
        COPY ["Directory.Packages.props", "."]
        COPY ["Directory.Build.props", "."]
        COPY ["Directory.Build.targets", "."]
        COPY ["Shop.Api/Shop.Api.csproj", "Shop.Api/"]
        COPY ["Shop.Data/Shop.Data.csproj", "Shop.Data/"]
        COPY ["Shop.Core/Shop.Core.csproj", "Shop.Core/"]
        COPY ["Shop.Pricing/Shop.Pricing.csproj", "Shop.Pricing/"]
        RUN dotnet restore "./Shop.Api/Shop.Api.csproj"
        COPY . .
        WORKDIR "/src/Shop.Api"
        RUN dotnet build "./Shop.Api.csproj" -c $BUILD_CONFIGURATION -o /app/build

        FROM build AS publish
        ARG BUILD_CONFIGURATION=Release
        RUN dotnet publish "./Shop.Api.csproj" -c $BUILD_CONFIGURATION -o /app/publish /p:UseAppHost=false

        FROM base AS final
        WORKDIR /app
        COPY --from=publish /app/publish .
        ENTRYPOINT ["dotnet", "Shop.Api.dll"]
        """;

    /// <summary>What the template's ignore file leaves out, as far as it matters here.</summary>
    public const string IgnoreFile = "**/bin\n**/obj\n";

    /// <summary>The call that a script would have.</summary>
    public static string[] Arguments(string registry) =>
    [
        "buildx", "build", "--quiet", "--provenance=false", "--file", "Shop.Api/Dockerfile",
        "--build-context", $"mcr.microsoft.com/dotnet/sdk:10.0=docker-image://{registry}/dotnet/sdk:10.0",
        "--build-context", $"mcr.microsoft.com/dotnet/aspnet:10.0=docker-image://{registry}/dotnet/aspnet:10.0",
        "--tag", $"{registry}/bench-template:latest", "--push", ".",
    ];
}
