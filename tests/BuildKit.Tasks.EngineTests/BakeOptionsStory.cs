namespace BuildKit.Tasks.EngineTests;

/// <summary>What images of a bake may ask for, from folders whose names are not plain.</summary>
public sealed class BakeOptionsStory : BakeStory
{
    [Test]
    public async Task Folders_of_any_name_and_every_option()
    {
        await using var agent = SshAgentAnswer.Listen(Project.PathOf("agent.sock"));
        Project.Write("bau werk/images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <ItemGroup>
                <BuildKitProject Include="../größe (1)/*/*.csproj;../größe (1)/*/*.proj" />
              </ItemGroup>
            </Project>
            """);
        Project.Write("größe (1)/äpfel/äpfel.csproj", Console($"<ContainerRepository>{Repository}/published</ContainerRepository>"));
        Project.Write("größe (1)/äpfel/Program.cs", "System.Console.WriteLine(1);");
        Project.Write("größe (1)/äpfel/Daten/für alle.txt", "text");
        Write("ö", $"""
            FROM {BaseImages.Debian}
            COPY --from=data . /
            RUN --mount=type=secret,id=file --mount=type=secret,id=variable test "$(cat /run/secrets/file /run/secrets/variable | wc -c)" = 34
            RUN --mount=type=ssh {SshAgentAnswer.Ask} > /answer && test "$(cat /answer)" = 12.0
            """, """
            <BuildKitNamedContext Include="data" Source="../../da ten" />
            <BuildKitSecret Include="file" File="../../ge heim" />
            <BuildKitSecret Include="variable" EnvironmentVariable="STORY_TOKEN" />
            <BuildKitSsh Include="default" />
            <BuildKitCacheFrom Include="../../ca che" Type="local" />
            <BuildKitCacheTo Include="../../ca che" Type="local" Mode="max" />
            """);
        Write("ü", "FROM scratch\nCOPY [\"ein wort\", \"/\"]\n", "", "<BuildKitPlatforms>linux/amd64,linux/arm64</BuildKitPlatforms>");
        Project.Write("größe (1)/ü/ein wort", "text");
        Project.Write("da ten/x y", "text");
        Project.Write("ge heim", "very-s3cret-in-file");
        var variables = new Dictionary<string, string?> { ["STORY_TOKEN"] = "very-s3cret-one", ["SSH_AUTH_SOCK"] = Project.PathOf("agent.sock") };

        var first = (await Project.DotnetAsync(["publish", "images.proj", "-v:d"], "bau werk", variables)).Succeeded();
        Assert.That(first.Log.Tasks.Count(task => task == "RunBake"), Is.EqualTo(1));
        Assert.That(first.Output, Does.Contain("images -> 3 images: 3 built, 0 unchanged").And.Not.Contain("very-s3cret"));
        Assert.That(first.Log.Warnings.Where(warning => warning.Code.StartsWith("BK", StringComparison.Ordinal)), Is.Empty);
        Assert.That((await DigestsAsync("published", "options", "platforms")).Values, Has.None.Null);
        var index = (await Images.ManifestAsync(Repository + "/platforms")).Json;
        Assert.That(index.GetProperty("manifests").EnumerateArray()
            .Select(one => one.GetProperty("platform").GetProperty("architecture").GetString()), Is.EqualTo(new[] { "amd64", "arm64" }));
        Assert.That(Directory.GetFileSystemEntries(Project.PathOf("ca che")).Select(Path.GetFileName),
            Is.SupersetOf(new[] { "blobs", "index.json" }));
        Assert.That(Directory.GetDirectories(Project.Folder).Select(Path.GetFileName), Has.None.Contains("partial"));

        var second = (await Project.DotnetAsync(["publish", "images.proj"], "bau werk", variables)).Succeeded();
        Assert.That(second.Output, Does.Contain("0 built, 3 unchanged"));

        void Write(string name, string dockerfile, string items, string properties = "")
        {
            Project.Write($"größe (1)/{name}/{name}.proj",
                WithoutCode($"<ContainerRepository>{Repository}/{(name == "ü" ? "platforms" : "options")}</ContainerRepository>{properties}", items));
            Project.Write($"größe (1)/{name}/Dockerfile", dockerfile);
            Project.Write($"größe (1)/{name}/.dockerignore", "bin\nobj\n");
        }
    }
}
