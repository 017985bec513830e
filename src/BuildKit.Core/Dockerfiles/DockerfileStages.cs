namespace BuildKit.Core.Dockerfiles;

/// <summary>Divides the instructions of a Dockerfile into global arguments and stages.</summary>
internal static class DockerfileStages
{
    public static List<DockerfileArgument> GlobalArguments(IEnumerable<DockerfileInstruction> instructions) =>
        [.. instructions
            .TakeWhile(instruction => instruction.Keyword != "FROM")
            .Where(instruction => instruction.Keyword == "ARG")
            .SelectMany(instruction => ShellWords.Split(instruction.Arguments), (instruction, word) => Argument(word, instruction.Line))];

    public static List<DockerfileStage> Of(IReadOnlyList<DockerfileInstruction> instructions, Func<string, string> resolve)
    {
        var stages = new List<DockerfileStage>();
        for (var i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].Keyword != "FROM")
            {
                continue;
            }

            var words = instructions[i].Arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var baseName = words.Length > 0 ? words[0] : "";
            var hasName = words.Length > 2 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase);
            stages.Add(new DockerfileStage(
                stages.Count,
                hasName ? words[2] : null,
                baseName,
                resolve(baseName),
                instructions[i].FlagValue("platform"),
                instructions[i].Line,
                [.. instructions.Skip(i + 1).TakeWhile(instruction => instruction.Keyword != "FROM")]));
        }

        return stages;
    }

    private static DockerfileArgument Argument(string word, int line)
    {
        var equals = word.IndexOf('=');
        return equals < 0 ? new DockerfileArgument(word, null, line) : new DockerfileArgument(word[..equals], word[(equals + 1)..], line);
    }
}
