using BuildKit.Core.Processes;

namespace BuildKit.Core.Tests.Processes;

public sealed class SimpleCommandTests
{
    [TestCase("git rev-parse --short HEAD", "git|rev-parse|--short|HEAD")]
    [TestCase("  git   log --format='%h %s' ", "git|log|--format=%h %s")]
    [TestCase("git describe \"a b\"c ''", "git|describe|a bc|")]
    [TestCase("dotnet msbuild -getProperty:Version", "dotnet|msbuild|-getProperty:Version")]
    public void A_program_and_its_arguments_need_no_shell(string line, string words) =>
        Assert.That(SimpleCommand.TrySplit(line), Is.EqualTo(words.Split('|')));

    [TestCase("git rev-parse HEAD | cut -c1-7")]
    [TestCase("echo hello")]
    [TestCase("cat $HOME/version")]
    [TestCase("cat \"$HOME/version\"")]
    [TestCase("A=1 program")]
    [TestCase("a; b")]
    [TestCase("a && b")]
    [TestCase("a > b")]
    [TestCase("ls *.cs")]
    [TestCase("date `x`")]
    [TestCase("cat 'open")]
    [TestCase("a\nb")]
    [TestCase("# nothing")]
    [TestCase("'' x")]
    [TestCase("")]
    public void All_else_does(string line) => Assert.That(SimpleCommand.TrySplit(line), Is.Null);

    [Test]
    public async Task Without_a_shell_a_simple_line_runs_and_another_says_what_is_missing()
    {
        using var folder = new TestFolder();
        var dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath!);
        var shell = new ShellCommand(folder.Path, new Dictionary<string, string>
        {
            ["PATH"] = Path.GetDirectoryName(Environment.ProcessPath!)!,
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        });
        Assume.That(dotnet, Is.EqualTo("dotnet").IgnoreCase, "the tests run in dotnet");
        Assume.That(ProgramSearch.Find("sh", new Dictionary<string, string> { ["PATH"] = Path.GetDirectoryName(Environment.ProcessPath!)! }), Is.Null);
        Assert.That((await shell.RunAsync("dotnet --list-runtimes", default)).Output, Does.Contain("Microsoft.NETCore.App"));
        var failed = await shell.RunAsync("dotnet --list-runtimes | sort", default);
        Assert.That(failed.ExitCode, Is.EqualTo(-1));
        Assert.That(failed.Error, Does.StartWith("it takes a POSIX shell, and there is no program \"sh\""));
    }
}
