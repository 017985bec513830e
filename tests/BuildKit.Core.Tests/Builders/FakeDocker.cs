using BuildKit.Core.Processes;
using Moq;

namespace BuildKit.Core.Tests.Builders;

/// <summary>Docker's command line with answers by the beginning of the command; an answer may change with each call.</summary>
internal sealed class FakeDocker
{
    private readonly List<(string Begin, Func<DockerAnswer> Answer)> answers = [];

    public FakeDocker()
    {
        Mock.Setup(cli => cli.ProgramPath).Returns("/usr/bin/docker");
        Mock.Setup(cli => cli.RunAsync(It.IsAny<DockerCommand>(), It.IsAny<Action<string>>(), It.IsAny<Action<string>>(),
            It.IsAny<ProcessCancellation>()))
            .ReturnsAsync((DockerCommand command, Action<string> onOutput, Action<string> onError, ProcessCancellation _) =>
            {
                var line = string.Join(' ', command.Arguments);
                Commands.AddRange(command.PluginPath.Length == 0 ? [line] : []);
                Folders.Add(command.WorkingDirectory);
                var answer = answers.FindLast(answer => line.StartsWith(answer.Begin, StringComparison.Ordinal)).Answer?.Invoke()
                    ?? throw new InvalidOperationException("no answer to " + line);
                answer.Output.Split('\n').ToList().ForEach(onOutput);
                answer.Error.Split('\n').ToList().ForEach(onError);
                return answer.ExitCode;
            });
    }

    public Mock<IDockerCli> Mock { get; } = new();

    public IDockerCli Cli => Mock.Object;

    public List<string> Commands { get; } = [];

    public HashSet<string> Folders { get; } = [];

    public FakeDocker On(string begin, string output, int exitCode = 0, string error = "") =>
        On(begin, () => new DockerAnswer(exitCode, output, error));

    public FakeDocker On(string begin, Func<DockerAnswer> answer)
    {
        answers.Add((begin, answer));
        return this;
    }
}
