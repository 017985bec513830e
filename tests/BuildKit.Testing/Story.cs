using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

namespace BuildKit.Testing;

/// <summary>A story has a folder with projects for each of its tests.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public abstract partial class Story
{
    /// <summary>The folder of the test.</summary>
    protected TestProject Project { get; private set; } = null!;

    /// <summary>Repository of the test's image: its own in the registry that all share.</summary>
    protected string Repository { get; } = TestName.ToLowerInvariant();

    /// <summary>The registry's images.</summary>
    protected static RegistryImages Images => Machine.Registry.Images;

    /// <summary>Name of the test; cases are told apart by their numbers.</summary>
    private static string TestName => TestContext.CurrentContext.Test is { Arguments.Length: > 0 } test
        ? Separators().Replace($"{test.MethodName}_{test.ID}", "_") : TestContext.CurrentContext.Test.MethodName!;

    /// <summary>Name of the image that the test pushes.</summary>
    protected string Image => $"{Machine.Registry.Address}/{Repository}";

    /// <summary>Items for a builder in a container: the image that stands in for BuildKit's own.</summary>
    protected static string ContainerOptions => $"""
        <BuildKitDriverOption Include="image" Value="{Machine.Registry.Address}/buildkit-shim:1" />
        <BuildKitDriverOption Include="network" Value="host" />
        """;

    /// <summary>Makes the folder.</summary>
    [SetUp]
    public void MakeFolder() => Project = NewProject(Machine.Engine);

    /// <summary>Goes on in the same folder with another engine.</summary>
    protected void Use(EngineFixture engine) => Project = NewProject(engine);

    /// <summary>Removes the folder unless the test failed.</summary>
    [TearDown]
    public void RemoveFolder() => Project.Close(TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed);

    /// <summary>A folder for the test on an engine.</summary>
    protected static TestProject NewProject(EngineFixture engine, string suffix = "") =>
        new(TestName + suffix, engine.Environment);

    /// <summary>A console application that makes an image; later properties win.</summary>
    protected string Console(string properties = "", string items = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <BuildKitEnabled>true</BuildKitEnabled>
            <ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry>
            <ContainerRepository>{Repository}</ContainerRepository>
            <ContainerBaseImage>{BaseImages.Of("runtime")}</ContainerBaseImage>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="BuildKit.Tasks" Version="{Machine.Feed.Version}" PrivateAssets="all" />
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>A project without code for a Dockerfile beside it; later properties win.</summary>
    protected string WithoutCode(string properties = "", string items = "") => $"""
        <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
          <PropertyGroup>
            <ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry>
            <ContainerRepository>{Repository}</ContainerRepository>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>A console application "app" that prints a text.</summary>
    protected void WriteConsole(string properties = "", string items = "", string says = "hello")
    {
        Project.Write("app.csproj", Console(properties, items));
        Project.Write("Program.cs", $"System.Console.WriteLine(\"{says}\");");
    }

    /// <summary>A project "image" without code, and its Dockerfile.</summary>
    protected void WriteDockerfile(string dockerfile, string properties = "", string items = "")
    {
        Project.Write("image.proj", WithoutCode(properties, items));
        Project.Write("Dockerfile", dockerfile);
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Separators();
}
