using System.Text.Json;

namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>
/// For bases that cannot be run here (Alpine, chiseled, musl, Native AOT, arm64) we have what the SDK computes: the base
/// image, and the configuration on top of it.
/// </summary>
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
    public async Task Base_and_configuration_are_those_that_the_SDK_computes(string sdk)
    {
        Project.Write("app.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ContainerGenerateLabelsImageCreated>false</ContainerGenerateLabelsImageCreated>
                <BaseBy>ComputeContainerConfig</BaseBy>
                <BaseBy Condition="'$(BuildKitReplacePublishContainer)' == 'true'">_BuildKitChooseSdkConfig;_BuildKitComputeSdkConfig;_BuildKitCollectProperties</BaseBy>
              </PropertyGroup>
              <Import Project="rows/$(Row).props" Condition="'$(Row)' != ''" />
              <ItemGroup>
                <PackageReference Include="BuildKit.Tasks" Version="{Machine.Feed.Version}" PrivateAssets="all" />
              </ItemGroup>
              <Target Name="Base" DependsOnTargets="$(BaseBy)" Returns="@(Answer)">
                <ItemGroup>
                  <Answer Include="$(Row)" Base="$(ContainerBaseImage)" Folder="$(ContainerWorkingDirectory)" User="$(ContainerUser)" Condition="'$(BaseBy)' == 'ComputeContainerConfig'" />
                  <Answer Include="$(Row)" Condition="'@(_BuildKitProperty)' != ''"
                    Base="@(_BuildKitProperty->WithMetadataValue('Identity', 'ContainerBaseImage')->'%(Value)')"
                    Folder="@(_BuildKitProperty->WithMetadataValue('Identity', 'ContainerWorkingDirectory')->'%(Value)')"
                    User="@(_BuildKitProperty->WithMetadataValue('Identity', 'ContainerUser')->'%(Value)')" />
                  <Answer Config="%(Answer.Base) @(ContainerAppCommand, ' ') %(Answer.Folder) %(Answer.User) @(ContainerPort) @(ContainerLabel->'%(Identity)=%(Value)') @(ContainerEnvironmentVariable->'%(Identity)=%(Value)')" />
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
        var answers =
            JsonDocument.Parse((await Project.DotnetAsync(["msbuild", "rows.proj", "-t:Rows", "-getItem:Sdk,Ours"]))
                .Succeeded().Output).RootElement.GetProperty("Items");
        var expected = Configs(answers.GetProperty("Sdk"));
        Assert.That(expected,
            Has.Count.EqualTo(Rows.Count).And.Some.Contains("-alpine ").And.Some.Contains("chiseled").And.Some.Contains(
                "runtime-deps").And.Some.Contains(" /app/app ").And.Some.Contains("base.name="));
        Assert.That(Configs(answers.GetProperty("Ours")), Is.EqualTo(expected));
    }

    private static string Family(string name) => $"<ContainerFamily>{name}</ContainerFamily>";

    private static List<string> Configs(JsonElement items) =>
        [.. items.EnumerateArray().Select(item => $"{item.GetProperty("Identity").GetString()}: {item.GetProperty("Config").GetString()}")];
}
