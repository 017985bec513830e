namespace BuildKit.Testing;

/// <summary>How a program ended.</summary>
/// <param name="Line">The command, for messages.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Both streams, in the order in which the lines came.</param>
public sealed record CommandResult(string Line, int ExitCode, string Output)
{
    /// <summary>Fails the test unless the exit code is 0; gives the output without the last line break.</summary>
    public string Succeeded()
    {
        Assert.That(ExitCode, Is.Zero, $"{Line}\n{Output}");
        return Output.TrimEnd('\n');
    }
}
