namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>Dockerfiles on Windows: line ends, back-slashes, spellings, errors at their lines, secrets.</summary>
public sealed class WindowsDockerfileStory : WindowsStory
{
    [Test]
    public async Task A_project_with_a_Dockerfile_in_files_with_line_ends_of_Windows_is_built_from_the_context_that_it_names()
    {
        WriteCrLf("src/App (old)/app.csproj", Console("""
            <BuildKitDockerfile>docker\app.Dockerfile</BuildKitDockerfile>
            <BuildKitContext>..\..</BuildKitContext>
            """));
        WriteCrLf("src/App (old)/Program.cs", "System.Console.WriteLine(\"hello\");\n");
        WriteCrLf("src/App (old)/docker/app.Dockerfile", $"""
            FROM {BaseImages.Debian}
            COPY ["NuGet.Config", "src/App (old)/app.csproj", "/there/"]
            COPY data /data
            RUN ls /there /data > /made
            CMD ["cat", "/made"]
            """);
        WriteCrLf(".dockerignore", "**/bin\n**/obj\n*.binlog\nmy docker\ndata/not\n");
        Write("NuGet.Config", await File.ReadAllTextAsync(Path.Combine(TestRun.Folder, "nuget.config")));
        Write("NuGet.Config", (await File.ReadAllTextAsync(Project.PathOf("NuGet.Config")))
            .Replace("value=\"feed\"", $"value=\"{WindowsPath.Of(Machine.Feed.Folder)}\"", StringComparison.Ordinal));
        Write("data/größe.txt", "x");
        Write("data/not", "x");
        var result = (await WindowsAsync(["publish"], "src/App (old)")).Succeeded();
        Assert.That(result.Log.Warnings, Is.Empty);
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image),
            Is.EqualTo("/data:\ngröße.txt\n\n/there:\nNuGet.Config\napp.csproj"));
        Docker.Asked.Clear();
        (await WindowsAsync(["publish"], "src/App (old)")).Succeeded();
        Assert.That(Docker.Asked, Is.Empty);
    }

    [Test]
    public async Task What_fails_is_reported_at_its_line()
    {
        Write("image.proj", WithoutCode());
        WriteCrLf("Dockerfile", $"FROM {BaseImages.Debian} AS build\n\nRUN echo first && \\\n    echo the reason >&2 && exit 3\nFROM build\n");
        var step = (await WindowsAsync(["publish"])).FailedWith("BK3101");
        Assert.That((step.File, step.Line), Is.EqualTo((WindowsPath.Of(Project.PathOf("Dockerfile")), 3)));
        Assert.That(step.Text, Does.Contain("exit code 3").And.Contain("the reason"));

        Write("Dockerfile", "FROM scratch\nCOPY dockerfile /\n");
        var copy = (await WindowsAsync(["publish", "--no-restore"])).FailedWith("BK3102");
        Assert.That((copy.File, copy.Line), Is.EqualTo((WindowsPath.Of(Project.PathOf("Dockerfile")), 2)), "BuildKit compares letter by letter");

        Write("Dockerfile", "FROM scratch\nCOPY image.proj /\n");
        WriteCrLf(".dockerignore", "*.binlog\nbin\\\n");
        var pattern = (await WindowsAsync(["publish", "--no-restore"])).FailedWith("BK3018");
        Assert.That((pattern.File, pattern.Line), Is.EqualTo((WindowsPath.Of(Project.PathOf(".dockerignore")), 2)));
    }

    [Test]
    public async Task Secrets_reach_the_step_of_a_folder_project_and_nothing_else()
    {
        const string FromVariable = "kestrel-4711-value";
        const string FromFile = "osprey-0815-value";
        Variables["One_Token"] = FromVariable;
        Write("two.txt", FromFile);
        Write("project/image.proj", WithoutCode(items: """
            <BuildKitSecret Include="one" EnvironmentVariable="ONE_TOKEN" />
            <BuildKitSecret Include="two" File="..\two.txt" />
            """));
        Write("project/Dockerfile", $"""
            FROM {BaseImages.Debian}
            RUN --mount=type=secret,id=one,required=true --mount=type=secret,id=two,required=true \
                cat /run/secrets/one /run/secrets/two | tr a-z A-Z > /seen; cat /run/secrets/one
            CMD ["cat", "/seen"]
            """);
        var result = (await WindowsAsync(["publish", "-v:d"], "project")).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo((FromVariable + FromFile).ToUpperInvariant()));
        Assert.That(Docker.Builds[0], Has.Some.Contains(WindowsPath.Of(Project.PathOf("two.txt"))));
        foreach (var secret in new[] { FromVariable, FromFile })
        {
            Assert.That(result.Output, Does.Not.Contain(secret));
            Assert.That(await result.UnpackedLogAsync(), Does.Not.Contain(secret));
            Assert.That(Docker.Asked.SelectMany(call => call), Has.None.Contains(secret));
        }
    }
}
