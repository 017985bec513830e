using System.Text.Json;

namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>Bases that cannot be run here (Alpine, chiseled, musl, Native AOT, arm64) are those that the SDK computes.</summary>
public sealed class ComputedBaseImageStory : Story
{
    private const string Musl = "<RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier>";
    private const string Arm = "<RuntimeIdentifier>linux-arm64</RuntimeIdentifier>";
    private const string Aot = "<PublishAot>true</PublishAot>";
    private const string Invariant = "<InvariantGlobalization>true</InvariantGlobalization>";
    private const string SelfContained = "<SelfContained>true</SelfContained>";

    private static readonly Dictionary<string, string> Rows = new()
    {
        ["plain"] = "",
        ["alpine"] = Family("alpine"),
        ["chiseled"] = Family("noble-chiseled"),
        ["chiseled-extra"] = Family("noble-chiseled-extra"),
        ["chiseled-invariant"] = Family("noble-chiseled") + Invariant,
        ["jammy"] = Family("jammy"),
        ["musl"] = Musl,
        ["musl-self-contained"] = Musl + SelfContained,
        ["musl-aot"] = Musl + Aot,
        ["arm"] = Arm,
        ["arm-aot"] = Arm + Aot,
        ["arm-self-contained-invariant"] = Arm + SelfContained + Invariant,
        ["aot"] = "<RuntimeIdentifier>linux-x64</RuntimeIdentifier>" + Aot,
        ["aot-invariant-chiseled"] = "<RuntimeIdentifier>linux-x64</RuntimeIdentifier>" + Aot + Invariant + Family("noble-chiseled"),
        ["trimmed"] = "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><PublishTrimmed>true</PublishTrimmed>" + SelfContained,
        ["container-runtime"] = "<ContainerRuntimeIdentifier>linux-musl-arm64</ContainerRuntimeIdentifier>",
        ["own"] = "<ContainerBaseImage>registry.example.com/base:1</ContainerBaseImage><ContainerFamily>alpine</ContainerFamily>",
    };

    [TestCase("Microsoft.NET.Sdk")]
    [TestCase("Microsoft.NET.Sdk.Web")]
    public async Task Is_the_one_that_the_SDK_computes(string sdk)
    {
        Project.Write("app.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <BaseBy>ComputeContainerBaseImage</BaseBy>
                <BaseBy Condition="'$(BuildKitReplacePublishContainer)' == 'true'">_BuildKitChooseSdkConfig;_BuildKitComputeSdkConfig;_BuildKitCollectProperties</BaseBy>
              </PropertyGroup>
              <Import Project="rows/$(Row).props" Condition="'$(Row)' != ''" />
              <ItemGroup>
                <PackageReference Include="BuildKit.Tasks" Version="{Machine.Feed.Version}" PrivateAssets="all" />
              </ItemGroup>
              <Target Name="Base" DependsOnTargets="$(BaseBy)" Returns="@(Answer)">
                <ItemGroup>
                  <Answer Include="$(Row)" Base="$(ContainerBaseImage)" Condition="'$(BaseBy)' == 'ComputeContainerBaseImage'" />
                  <Answer Include="$(Row)" Base="@(_BuildKitProperty->WithMetadataValue('Identity', 'ContainerBaseImage')->'%(Value)')" Condition="'@(_BuildKitProperty)' != ''" />
                </ItemGroup>
              </Target>
            </Project>
            """);
        foreach (var (row, properties) in Rows)
        {
            Project.Write($"rows/{row}.props", $"<Project><PropertyGroup>{properties}</PropertyGroup></Project>");
        }

        Project.Write("rows.proj", $"""
            <Project>
              <ItemGroup>
                <Row Include="{string.Join(';', Rows.Keys)}" />
              </ItemGroup>
              <Target Name="Rows">
                <MSBuild Projects="app.csproj" Targets="Base" Properties="Row=%(Row.Identity)">
                  <Output TaskParameter="TargetOutputs" ItemName="Sdk" />
                </MSBuild>
                <MSBuild Projects="app.csproj" Targets="Base" Properties="Row=%(Row.Identity);BuildKitReplacePublishContainer=true">
                  <Output TaskParameter="TargetOutputs" ItemName="Ours" />
                </MSBuild>
              </Target>
            </Project>
            """);
        (await Project.DotnetAsync(["restore", "app.csproj"])).Succeeded();
        var answers = JsonDocument.Parse((await Project.DotnetAsync(["msbuild", "rows.proj", "-t:Rows", "-getItem:Sdk,Ours"])).Succeeded().Output).RootElement.GetProperty("Items");
        var expected = Bases(answers.GetProperty("Sdk"));
        Assert.That(expected, Has.Count.EqualTo(Rows.Count).And.Some.EndsWith("-alpine").And.Some.Contains("chiseled").And.Some.Contains("runtime-deps"));
        Assert.That(Bases(answers.GetProperty("Ours")), Is.EqualTo(expected));
    }

    private static string Family(string name) => $"<ContainerFamily>{name}</ContainerFamily>";

    private static List<string> Bases(JsonElement items) =>
        [.. items.EnumerateArray().Select(item => $"{item.GetProperty("Identity").GetString()}: {item.GetProperty("Base").GetString()}")];
}
