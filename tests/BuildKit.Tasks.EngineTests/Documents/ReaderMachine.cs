namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>
/// What a reader's machine has: base images by their real names, which here come from a mirror of the tests, and the packages.
/// </summary>
internal static class ReaderMachine
{
    private const string Mirror = "documents";
    private static readonly Lazy<Task> Prepared = new(PrepareAsync);

    /// <summary>Waits until all is there.</summary>
    public static Task ReadyAsync() => Prepared.Value;

    /// <summary>The variables of a reader's shell.</summary>
    /// <param name="project">The folder of the test.</param>
    public static Dictionary<string, string?> Variables(TestProject project) => new()
    {
        ["CustomBeforeMicrosoftCommonTargets"] = project.Write("mirrors.targets", $"""
            <Project>
              <ItemGroup>
                <BuildKitRegistryMirror Include="mcr.microsoft.com" Mirror="{Machine.Registry.Address}/{Mirror}" />
                <BuildKitRegistryMirror Include="docker.io" Mirror="{Machine.Registry.Address}/{Mirror}" />
              </ItemGroup>
            </Project>
            """),
        // Templates are installed for a user.
        ["DOTNET_CLI_HOME"] = project.PathOf("home"),
        // The program for another platform comes from a package feed.
        ["UseAppHost"] = "false",
    };

    private static async Task PrepareAsync()
    {
        await Machine.Feed.AddTemplatesAsync();
        // An SDK in a container finds the package under test in it. Nothing in the image for arm64 runs.
        var folder = Directory.CreateDirectory(Path.Combine(TestRun.Folder, "documents-bases")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), $"""
            FROM {BaseImages.Of("sdk")} AS sdk
            COPY *.nupkg /feed/
            COPY NuGet.Config /root/.nuget/NuGet/
            FROM --platform=linux/amd64 {BaseImages.Of("aspnet")} AS amd
            FROM scratch AS aspnet
            COPY --from=amd / /
            ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin ASPNETCORE_HTTP_PORTS=8080 APP_UID=1654
            FROM {BaseImages.Debian} AS nginx
            """);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "NuGet.Config"),
            "<configuration><packageSources><clear /><add key=\"feed\" value=\"/feed\" /></packageSources></configuration>");
        foreach (var package in Directory.EnumerateFiles(Machine.Feed.Folder))
        {
            File.Copy(package, Path.Combine(folder, Path.GetFileName(package)));
        }

        foreach (var (stage, platforms, name) in new[]
        {
            ("sdk", "linux/amd64", "dotnet/sdk:10.0"),
            ("aspnet", "linux/amd64,linux/arm64", "dotnet/aspnet:10.0"),
            ("nginx", "linux/amd64", "library/nginx:1"),
        })
        {
            string[] arguments =
            [
                "buildx", "build", "--provenance=false", "--push", "--platform", platforms, "--target", stage,
                "-t", $"{Machine.Registry.Address}/{Mirror}/{name}", folder,
            ];
            (await Machine.Engine.DockerAsync(arguments)).Succeeded();
        }
    }
}
