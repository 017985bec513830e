namespace BuildKit.Core.Dockerfiles;

/// <summary>
/// Values of variables as far as a Dockerfile gives them: build arguments that are given, else the defaults of ARG and
/// the values of ENV. Which line a variable is used on does not count: of several values the first is taken.
/// </summary>
internal sealed class DockerfileVariables
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly char escape;

    public DockerfileVariables(Dockerfile dockerfile, IReadOnlyDictionary<string, string> arguments)
    {
        escape = dockerfile.EscapeCharacter;
        foreach (var instruction in dockerfile.Instructions.Where(instruction => instruction.Keyword is "ARG" or "ENV"))
        {
            var words = ShellWords.Split(instruction.Arguments, escape);
            var pairs = instruction.Keyword == "ENV" && words.Count == 2 && !words[0].Contains('=', StringComparison.Ordinal)
                ? [(words[0], words[1])]
                : words.Select(word => word.Split('=', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]));
            foreach (var (name, value) in pairs)
            {
                if (TryExpand(instruction.Keyword == "ARG" && arguments.TryGetValue(name, out var given) ? given : value) is { } expanded)
                {
                    values.TryAdd(name, expanded);
                }
            }
        }
    }

    /// <summary>The text with values put in and quotes taken away; null when a variable in it has no known value.</summary>
    public string? TryExpand(string text)
    {
        var known = true;
        var expanded = VariableExpansion.Expand(text, escape, name =>
        {
            var value = values.GetValueOrDefault(name);
            known &= value is not null;
            return value;
        });
        return known ? expanded : null;
    }
}
