using BuildKit.Core.Environments;
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
    public void Without_a_shell_a_simple_line_runs_and_another_says_what_is_missing()
    {
        using var folder = new TestFolder();
        var program = Environment.ProcessPath!;
        var environment = new BuildEnvironment { ["PATH"] = Path.GetDirectoryName(program)! };
        Assume.That(ProgramSearch.Find("sh", environment), Is.Null);
        var shell = new ShellCommand(folder.Path, environment);
        // A program that is there on every system: it ends with a text of its own.
        var ran = shell.Run($"{Path.GetFileName(program)} --no-such-option", default);
        Assert.That(ran.Output + ran.Error, Is.Not.Empty.And.Not.Contain("POSIX"));
        var failed = shell.Run("git log | sort", default);
        Assert.That(failed.ExitCode, Is.EqualTo(-1));
        Assert.That(failed.Error, Does.StartWith("it takes a POSIX shell, and there is no program \"sh\""));
    }
}
