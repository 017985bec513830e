namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>Publishing on Windows without a Dockerfile, and with one, in a folder whose name is not plain.</summary>
public sealed class WindowsPublishStory : WindowsStory
{
    [Test]
    public async Task Published_files_become_an_image_and_the_second_publish_asks_nothing()
    {
        Folder = Project.PathOf("Größe (1) & mehr");
        WriteCrLf("app.csproj", Console());
        WriteCrLf("Program.cs", "System.Console.WriteLine(\"hello\");\n");
        var first = (await WindowsAsync(["publish"])).Succeeded();
        Assert.That(first.Log.Tasks, Does.Contain("DockerBuildxBuild"));
        Assert.That(Docker.Builds, Is.Not.Empty);
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));

        Docker.Asked.Clear();
        var second = (await WindowsAsync(["publish"])).Succeeded();
        Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild").And.No.Member("EnsureBuildKit"));
        Assert.That(Docker.Asked, Is.Empty);
        Assert.That(second.Log.Messages, Has.Some.Match($"app -> unchanged in the (engine|registry): {Image}:latest"));
    }

    [Test]
    public async Task On_drive_C_it_is_the_same_and_another_spelling_of_the_folder_changes_nothing()
    {
        Folder = WindowsPath.NewOnDriveC("Shop App");
        File.Copy(Path.Combine(TestRun.Folder, "nuget.config"), Path.Combine(Folder, "nuget.config"));
        Write("nuget.config", File.ReadAllText(Path.Combine(Folder, "nuget.config")).Replace("value=\"feed\"",
            $"value=\"{WindowsPath.Of(Machine.Feed.Folder)}\"", StringComparison.Ordinal));
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            Write(file, "<Project />\n");
        }

        Write("App/App.csproj", Console());
        Write("App/Program.cs", "System.Console.WriteLine(\"hello\");\n");
        (await WindowsAsync(["publish"], "App")).Succeeded();
        Assert.That(Docker.Builds[0], Has.Some.Contains(WindowsPath.Of(Path.Combine(Folder, "App"))));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));

        // Without the assembly and the restore's files, in which the folder's name stands as it is spelled.
        Write("Image/.dockerignore", "bin\nobj\n");
        Write("Image/image.proj", WithoutCode());
        Write("Image/Dockerfile", "FROM scratch\nCOPY file /\n");
        Write("Image/file", "x");
        (await WindowsAsync(["publish"], "Image")).Succeeded();
        Docker.Asked.Clear();
        var other = WindowsPath.Of(Path.Combine(Folder, "Image")).ToUpperInvariant();
        var second = (await WindowsAsync(["publish"], "c" + other[1..])).Succeeded();
        Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild"));
        Assert.That(Docker.Asked, Is.Empty);
    }

    [Test]
    public async Task A_read_only_source_is_staged_replaced_and_keeps_its_bit()
    {
        Write("app.csproj", Console(items: """<BuildKitCopy Include="notes\read.me;deep\**\*.txt" Destination="/notes/" />"""));
        Write("Program.cs", "System.Console.WriteLine(System.IO.File.ReadAllText(\"/notes/read.me\"));\n");
        Write("deep/er/a.txt", "a");
        var source = ReadOnly("one");
        (await WindowsAsync(["publish"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunShellAsync(Image, "cat /notes/read.me /notes/er/a.txt"), Is.EqualTo("onea"));

        File.Delete(source);
        ReadOnly("other");
        (await WindowsAsync(["publish"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("other"));
        Assert.That(File.GetUnixFileMode(source) & UnixFileMode.UserWrite, Is.EqualTo(UnixFileMode.None), "the bit of the source");

        string ReadOnly(string text)
        {
            var file = Write("notes/read.me", text);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            return file;
        }
    }

    /// <summary>The stand-in answers by itself here, as a docker.exe without an engine does.</summary>
    [Test]
    public async Task Docker_in_a_quoted_entry_of_Path_is_found_and_a_missing_engine_has_the_remedy_of_Windows()
    {
        Variables.Remove("DOCKER_HOST");
        Variables.Remove("DOCKER_STANDIN_PORT");
        Variables["DOCKER_STANDIN_LOG"] = WindowsPath.Of(Project.PathOf("asked.txt"));
        Write("image.proj", WithoutCode());
        Write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
        var error = (await WindowsAsync(["publish"])).FailedWith("BK1003");
        Assert.That(error.Text, Does.Contain("npipe:////./pipe/docker_engine").And.Contain("Start Docker Desktop").And.Not.Contain("systemctl"));
        Assert.That(await File.ReadAllTextAsync(Project.PathOf("asked.txt")), Does.Contain("buildx\tversion"));
    }
}
