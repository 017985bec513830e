using BuildKit.Core.Tests.Settings;

namespace BuildKit.Core.Tests.PublishOutputs;

/// <summary>The program that the container starts is one of the files in the image, or the build is refused.</summary>
public sealed class EntryProgramTests
{
    [TestCase("/App", "dotnet /AppShop.Api.dll", ExpectedResult = "dotnet /App/Shop.Api.dll")]
    [TestCase("/App", "dotnet /App/Shop.Api.dll", ExpectedResult = "dotnet /App/Shop.Api.dll")]
    [TestCase("/App/", "dotnet /App/Shop.Api.dll", ExpectedResult = "dotnet /App/Shop.Api.dll")]
    [TestCase("/srv/my app", "dotnet /srv/my_appShop.Api.dll", ExpectedResult = "dotnet /srv/my app/Shop.Api.dll")]
    [TestCase("/app/", "dotnet /app/Cmd.dll", ExpectedResult = "/app/Cmd")]
    [TestCase("/app/", "dotnet Cmd.dll --once", ExpectedResult = "/app/Cmd --once")]
    [TestCase("/app/", "/app/Cmd", ExpectedResult = "/app/Cmd")]
    public string The_command_leads_to_the_published_files(string folder, string command)
    {
        using var project = Project(folder,
            command.Replace("my_app", "my app", StringComparison.Ordinal).Split(" /srv") is [var dotnet, var path]
                ? [dotnet, "/srv" + path]
                : command.Split(' '));
        project.Folder.Write("out/Cmd", "x");
        return string.Join(' ', project.ReadRight().PublishOutput!.Config.Command.AppCommand);
    }

    [TestCase("dotnet", "/app/Gone.dll")]
    [TestCase("dotnet", "Gone.dll")]
    [TestCase("/usr/bin/dotnet", "/app/Gone.dll")]
    [TestCase("/app/Gone")]
    [TestCase("./Gone")]
    [TestCase("/app/shop.api.dll")]
    public void A_program_that_is_not_among_the_files_is_refused(params string[] command)
    {
        using var project = Project("/app/", command);
        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Diagnostics.Select(found => found.Code), Is.EqualTo(new[] { "BK3017" }));
        Assert.That(project.Sink.Diagnostics[0].Message, Does.Contain(command[^1]).And.Contain(project.Folder.Full("out")));
    }

    [Test]
    public void What_lies_near_the_program_is_named()
    {
        using var project = Project("/app/", ["/app/shop.api.dll"]);
        project.Read();
        Assert.That(project.Sink.Diagnostics[0].Message, Does.EndWith("Near it is Shop.Api.dll."));
    }

    [TestCase("/usr/bin/tini")]
    [TestCase("tini")]
    [TestCase("dotnet", "exec", "/app/Gone.dll")]
    [TestCase("dotnet", "/opt/tool/Tool.dll")]
    public void What_the_base_image_may_have_is_not_judged(params string[] command)
    {
        using var project = Project("/app/", command);
        Assert.That(project.Read(), Is.Not.Null);
    }

    [Test]
    public void A_copied_file_a_command_and_a_fragment_may_bring_the_program()
    {
        using var copied = Project("/app/", ["/app/run.sh"]);
        copied.Folder.Write("run.sh", "x");
        copied.Item("BuildKitCopy", "run.sh", ("Destination", "/app/run.sh"));
        using var made = Project("/app/", ["/app/run.sh"]);
        made.Item("BuildKitRun", "make");
        using var ended = Project("/app/", ["/app/run.sh"]);
        ended.Folder.Write("end.Dockerfile", "RUN make\n");
        ended.Set("BuildKitDockerfileFragment", "end.Dockerfile");
        Assert.Multiple(() =>
        {
            Assert.That(copied.Read(), Is.Not.Null);
            Assert.That(made.Read(), Is.Not.Null);
            Assert.That(ended.Read(), Is.Not.Null);
        });
    }

    [Test]
    public void An_entrypoint_of_the_project_counts_before_the_command()
    {
        using var project = Project("/app/", ["dotnet", "/app/Gone.dll"]);
        project.Item("ContainerEntrypoint", "/app/start.sh");
        project.Read();
        Assert.That(project.Sink.Diagnostics.Single().Message, Does.Contain("/app/start.sh"));
    }

    private static TestSettings Project(string folder, params string[] command)
    {
        var project = new TestSettings(dockerfile: null).Published().Set("ContainerWorkingDirectory", folder);
        foreach (var word in command)
        {
            project.Item("ContainerAppCommand", word);
        }

        return project;
    }
}
