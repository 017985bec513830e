using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>What becomes of a restore that was not complete: a later step restores the rest, or fails.</summary>
internal static class RestoreOutcome
{
    /// <summary>The line of the first step that builds on the restore with <c>--no-restore</c>; 0 when one restores again before.</summary>
    public static int LineThatNeedsIt(CheckInput input, DockerfileInstruction restore)
    {
        foreach (var chain in input.Chains)
        {
            var after = chain.Instructions.SkipWhile(other => !ReferenceEquals(other, restore)).ToList();
            var commands = after.SelectMany((instruction, index) =>
                RunCommands.Dotnet(instruction)
                    .Skip(index == 0 ? RunCommands.Dotnet(instruction).TakeWhile(command => command.Verb != "restore").Count() + 1 : 0)
                    .Select(command => (instruction.Line, command.Verb, RestoresNot: IsWithoutRestore(command.Words))));
            if (commands.FirstOrDefault(command => command.Verb is "restore" or "build" or "publish" or "test" or "pack") is
                {
                    RestoresNot: true,
                    Line: > 0
                } first)
            {
                return first.Line;
            }
        }

        return 0;
    }

    /// <summary>Whether the words of a build or publish say that nothing is restored.</summary>
    public static bool IsWithoutRestore(string words) =>
        words.Contains("--no-restore", StringComparison.Ordinal) || words.Contains("--no-build", StringComparison.Ordinal);
}
