namespace BuildKit.Tasks.EngineTests.Parity;

/// <summary>
/// One project published by the SDK's PublishContainer and by us: the two images are the same. The one difference that
/// is meant, a label with the time of the build, is switched off for the SDK.
/// </summary>
public sealed class ParityStory : Story
{
    private const string Replace = "-p:BuildKitReplacePublishContainer=true";

    [TestCaseSource(typeof(KindsOfProjects), nameof(KindsOfProjects.Cases))]
    public async Task The_image_of_a_kind_of_project_is_the_SDKs(ParityRow row)
    {
        Write(row);
        (await Project.PublishAsync("-t:PublishContainer", $"-p:ContainerRepository=sdk/{row.Name}")).Succeeded();
        var ours = (await Project.PublishAsync("-t:PublishContainer", "--no-build", $"-p:ContainerRepository=ours/{row.Name}", Replace)).Succeeded();
        Assert.That(ours.Log.Tasks, Does.Contain("DockerBuildxBuild").And.No.Member("CreateNewImage"));
        Assert.That(string.Join('\n', await DifferencesAsync(row)), Is.Empty);
    }

    [Test]
    public async Task The_image_with_container_settings_is_the_SDKs()
    {
        Write(new ParityRow("settings") { Sdk = "Microsoft.NET.Sdk.Web", Base = "aspnet" });
        foreach (var row in ContainerSettings.Rows)
        {
            Project.Write($"rows/{row.Name}.props",
                $"<Project><PropertyGroup>{row.Properties}</PropertyGroup><ItemGroup>{row.Items}</ItemGroup></Project>");
        }

        // All rows in one process; one after the other, because they share their intermediate folder.
        Project.Write("rows.proj", $"""
            <Project>
              <ItemGroup>
                <Row Include="{string.Join(';', ContainerSettings.Rows.Select(row => row.Name))}" />
              </ItemGroup>
              <Target Name="Rows">
                <MSBuild Projects="app.csproj" Targets="PublishContainer"
                  Properties="Row=%(Row.Identity);ContainerRepository=$(By)/%(Row.Identity);Configuration=Release;NoBuild=true" />
              </Target>
            </Project>
            """);
        (await Project.PublishAsync("app.csproj")).Succeeded();
        (await Project.DotnetAsync(["msbuild", "rows.proj", "-t:Rows", "-p:By=sdk"])).Succeeded();
        var ours = (await Project.DotnetAsync(["msbuild", "rows.proj", "-t:Rows", "-p:By=ours", Replace])).Succeeded();
        Assert.That(ours.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(ContainerSettings.Rows.Count));
        Assert.That(ours.Log.Tasks, Has.No.Member("CreateNewImage"));
        var differences = new List<string>();
        foreach (var row in ContainerSettings.Rows)
        {
            differences.AddRange(await DifferencesAsync(row with { Base = "aspnet" }));
        }

        Assert.That(string.Join('\n', differences), Is.Empty);
    }

    private static async Task<IEnumerable<string>> DifferencesAsync(ParityRow row)
    {
        var baseLayers = (await Images.ManifestAsync($"dotnet/{row.Base}", "10.0")).Layers.Count;
        var expected = await new ImageDescription(Images, $"sdk/{row.Name}", "latest", baseLayers).LinesAsync();
        var actual = await new ImageDescription(Images, $"ours/{row.Name}", "latest", baseLayers).LinesAsync();
        Assert.That(expected, Has.Some.StartsWith("file "));
        return [
            .. expected.Except(actual).Select(line => $"{row}, SDK:  {line}"),
            .. actual.Except(expected).Select(line => $"{row}, ours: {line}"),
        ];
    }

    // Packs that a row downloads are taken from the machine's package folder when they are there.
    private void Write(ParityRow row)
    {
        Project.Write("app.csproj", $"""
            <Project Sdk="{row.Sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RestoreAdditionalProjectFallbackFolders>$([System.Environment]::GetFolderPath(SpecialFolder.UserProfile))/.nuget/packages</RestoreAdditionalProjectFallbackFolders>
                <ContainerRegistry>{Machine.Registry.Address}</ContainerRegistry>
                <ContainerBaseImage>{Machine.Registry.Address}/dotnet/{row.Base}:10.0</ContainerBaseImage>
                <ContainerGenerateLabelsImageCreated>false</ContainerGenerateLabelsImageCreated>
                {row.Properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="BuildKit.Tasks" Version="{Machine.Feed.Version}" PrivateAssets="all" />
                {row.Items}
              </ItemGroup>
              <Import Project="rows/$(Row).props" Condition="'$(Row)' != ''" />
            </Project>
            """);
        Project.Write("Program.cs", "System.Console.WriteLine(\"hello\");");
        foreach (var (path, content) in row.Files)
        {
            Project.Write(path, content);
        }
    }
}
