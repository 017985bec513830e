using System.Text.RegularExpressions;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>The commands of a RUN instruction, as far as a regular expression can tell.</summary>
internal static partial class RunCommands
{
    /// <summary>What RUN hands to the shell: its arguments and here-documents.</summary>
    public static string TextOf(DockerfileInstruction instruction)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        return instruction.Keyword != "RUN" ? ""
            : string.Join('\n',
                [JsonWords.TryParse(instruction.Arguments) is { } words ? string.Join(' ', words) : instruction.Arguments,
                    .. instruction.Heredocs.Select(document => document.Content)]);
    }

    /// <summary>The words behind <c>dotnet VERB</c>, for each time that the instruction calls it.</summary>
    public static IEnumerable<(string Verb, string Words)> Dotnet(DockerfileInstruction instruction) =>
        DotnetForm().Matches(TextOf(instruction)).Select(match => (match.Groups["verb"].Value, match.Groups["words"].Value.Trim()));

    /// <summary>Whether the instruction calls <c>dotnet restore</c>.</summary>
    public static bool Restores(DockerfileInstruction instruction) => Dotnet(instruction).Any(command => command.Verb == "restore");

    [GeneratedRegex(@"\bdotnet\s+(?<verb>restore|build|publish|test|pack)\b(?<words>[^&|;\n]*)")]
    private static partial Regex DotnetForm();
}
