using System.Globalization;
using BuildKit.Testing;

namespace BuildKit.Tasks.Benchmarks;

/// <summary>A generated solution of web services over three shared libraries, and one way to make images of all.</summary>
/// <param name="name">Name of the way; its images have it too.</param>
/// <param name="lab">Engine, registry and package.</param>
/// <param name="count">How many services.</param>
/// <param name="usesPackage">Whether the services have this package; else the SDK makes their images.</param>
/// <param name="commands">Arguments of <c>dotnet</c>, one command after the other.</param>
public sealed class ServicesCopy(string name, Lab lab, int count, bool usesPackage, params string[][] commands)
{
    private const int Libraries = 3;

    private int edits;

    /// <summary>Name of the way.</summary>
    public string Name => name;

    private string Folder { get; } = Path.Combine(TestRun.Folder, "bench", $"services-{name}");

    /// <summary>Names of the services.</summary>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<string> Services(int count) => [.. Enumerable.Range(1, count).Select(number => $"Service{number}")];

    /// <summary>Writes the solution.</summary>
    public void Write()
    {
        Put("Directory.Build.props",
            "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        Put("Directory.Build.targets", "<Project />");
        Put("Directory.Packages.props", "<Project />");
        foreach (var number in Enumerable.Range(1, Libraries))
        {
            // Packages of the size that services have; those of the sample.
            var package = number == Libraries
                ? "<ItemGroup><PackageReference Include=\"Microsoft.EntityFrameworkCore.Sqlite\" Version=\"10.0.15\" /></ItemGroup>"
                : "";
            Put($"Lib{number}/Lib{number}.csproj",
                $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><IsPublishable>false</IsPublishable></PropertyGroup>{package}</Project>");
            Put($"Lib{number}/Text.cs", Library(number, 0));
        }

        var references = string.Concat(Enumerable.Range(1, Libraries)
            .Select(number => $"<ProjectReference Include=\"../Lib{number}/Lib{number}.csproj\" />"));
        var image = usesPackage
            ? ("<BuildKitEnabled Condition=\"'$(BuildKitEnabled)' == ''\">true</BuildKitEnabled>",
                $"<PackageReference Include=\"BuildKit.Tasks\" Version=\"{lab.Feed.Version}\" PrivateAssets=\"all\" />")
            : ("<PublishProfile>DefaultContainer</PublishProfile>", "");
        foreach (var service in Services(count))
        {
            Put($"{service}/{service}.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <PropertyGroup>{image.Item1}<ContainerRepository>bench-{name}/{service.ToLowerInvariant()}</ContainerRepository></PropertyGroup>
                  <ItemGroup>{image.Item2}{references}</ItemGroup>
                </Project>
                """);
            Put($"{service}/Program.cs", Program(0));
        }

        Put("All.slnx",
            $"<Solution>{string.Concat(Services(count).Concat(Enumerable.Range(1, Libraries).Select(number => $"Lib{number}")).Select(project => $"<Project Path=\"{project}/{project}.csproj\" />"))}</Solution>");
        Put("images.proj",
            $"<Project Sdk=\"BuildKit.Tasks/{lab.Feed.Version}\"><ItemGroup><BuildKitProject Include=\"Service*/*.csproj\" /></ItemGroup></Project>");
    }

    /// <summary>Changes one line of a shared library.</summary>
    public Task EditLibraryAsync() => File.WriteAllTextAsync(Path.Combine(Folder, "Lib1", "Text.cs"), Library(1, ++edits));

    /// <summary>Changes one line of a service.</summary>
    public Task EditServiceAsync() => File.WriteAllTextAsync(Path.Combine(Folder, "Service1", "Program.cs"), Program(++edits));

    /// <summary>Makes the images.</summary>
    /// <param name="engine">The engine; null for the one that all ways share.</param>
    public async Task RunAsync(EngineFixture? engine = null)
    {
        var environment = new Dictionary<string, string>((engine is null ? lab : lab with { Engine = engine }).Environment())
        {
            ["ContainerRegistry"] = lab.Registry.Address,
            ["ContainerBaseImage"] = lab.Registry.Address + "/dotnet/aspnet:10.0",
        };
        foreach (var command in commands)
        {
            (await Command.RunAsync("dotnet", command, Folder, environment)).Succeeded();
        }
    }

    private static string Library(int number, int edit) =>
        string.Create(CultureInfo.InvariantCulture,
            $"namespace Shared{number}; public static class Text {{ public const string Of = \"library {number}, edit {edit}\"; }}\n");

    private static string Program(int edit) => string.Create(CultureInfo.InvariantCulture, $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => Shared1.Text.Of + Shared2.Text.Of + Shared3.Text.Of + " {{edit}}");
        app.Run();

        """);

    private void Put(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
