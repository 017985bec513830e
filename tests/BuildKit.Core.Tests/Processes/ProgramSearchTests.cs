using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Tests.Processes;

[Platform("Unix")]
public sealed class ProgramSearchTests
{
    [Test]
    public void The_first_folder_of_PATH_that_has_it_wins()
    {
        using var folder = new TestFolder();
        folder.Make("a");
        var expected = folder.Write("b/docker");
        folder.Write("c/docker");
        var environment = new BuildEnvironment { ["PATH"] = $"relative::{folder.Full("a")}:{folder.Full("b")}:{folder.Full("c")}" };
        Assert.That(ProgramSearch.Find("docker", environment), Is.EqualTo(expected));
        Assert.That(ProgramSearch.Find("podman", environment), Is.Null);
        Assert.That(ProgramSearch.Find("docker", new BuildEnvironment()), Is.Null);
    }

    [Test]
    public void A_folder_of_that_name_is_no_program()
    {
        using var folder = new TestFolder();
        folder.Make("a/docker");
        Assert.That(ProgramSearch.Find("docker", new BuildEnvironment { ["PATH"] = folder.Full("a") }), Is.Null);
    }

    [Test]
    public void A_full_path_is_taken_as_it_is()
    {
        using var folder = new TestFolder();
        var program = folder.Write("docker");
        Assert.That(ProgramSearch.Find(program, new BuildEnvironment()), Is.EqualTo(program));
        Assert.That(ProgramSearch.Find(folder.Full("missing"), new BuildEnvironment()), Is.Null);
    }

    [Test]
    public void Docker_that_is_nowhere_is_BK1001()
    {
        var failure = Assert.Throws<DiagnosticException>(() => DockerCli.Find("", new BuildEnvironment { ["PATH"] = "/nowhere" }))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK1001"));
        using var folder = new TestFolder();
        var program = folder.Write("docker-next");
        Assert.That(DockerCli.Find("docker-next", new BuildEnvironment { ["PATH"] = folder.Path }).ProgramPath, Is.EqualTo(program));
    }
}
