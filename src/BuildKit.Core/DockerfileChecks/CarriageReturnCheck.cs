using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>
/// BK3320: Windows line ends where a shell of Linux reads them: a here-document of RUN, or the script that the container
/// starts with.
/// </summary>
internal static partial class CarriageReturnCheck
{
    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var documents =
            from instruction in input.Chains.SelectMany(chain => chain.Stage.Instructions)
            where instruction.Keyword == "RUN" && instruction.Heredocs.Any(document => document.Content.Contains("\r\n", StringComparison.Ordinal))
            select LayerCheckDiagnostics.CarriageReturn.At(
                input.At(instruction.Line, instruction.EndLine),
                $"The here-document {instruction.Heredocs[0].Name}", "the shell", Path.GetFileName(input.Dockerfile.Path));
        return documents.Concat(Scripts(input));
    }

    private static IEnumerable<Diagnostic> Scripts(CheckInput input)
    {
        if (input.TargetChain is not { } chain || input.Context.Length == 0
            || chain.Instructions.Any(instruction => Converts().IsMatch(RunCommands.TextOf(instruction))))
        {
            yield break;
        }

        var start = chain.Instructions.LastOrDefault(instruction => instruction.Keyword == "ENTRYPOINT")
            ?? chain.Instructions.LastOrDefault(instruction => instruction.Keyword == "CMD");
        var words = start is null ? [] : JsonWords.TryParse(start.Arguments) ?? start.Arguments.Split(' ');
        var name = Array.Find(words, word => word.EndsWith(".sh", StringComparison.Ordinal) || word.Contains("entrypoint", StringComparison.Ordinal))
            ?? "";
        foreach (var copy in name.Length == 0 ? [] : chain.Instructions.Where(instruction => instruction.Keyword is "COPY" or "ADD"))
        {
            foreach (var source in input.SourcesOf(copy).Where(source => !source.HasVariables))
            {
                var path = BuildContexts.SlashPath.InContext(source.Path);
                var file = Path.Combine(input.Context, path);
                file = Directory.Exists(file) ? Path.Combine(file, name.Split('/')[^1]) : file;
                var isScript = Path.GetFileName(file) == name.Split('/')[^1];
                if (isScript && FirstLine(file) is { } line && line.StartsWith("#!", StringComparison.Ordinal) && line.EndsWith('\r'))
                {
                    yield return LayerCheckDiagnostics.CarriageReturn.At(
                        new SourceLocation(file, 1), $"The script {name}, with which the container starts,",
                        "the system, which then looks for a program of that name and finds none,", Path.GetFileName(file));
                    yield break;
                }
            }
        }
    }

    private static string? FirstLine(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var buffer = new char[256];
        using var reader = new StreamReader(file);
        var text = new string(buffer, 0, reader.ReadBlock(buffer));
        return text.IndexOf('\n') is var end and >= 0 ? text[..end] : text;
    }

    // dos2unix, sed 's/\r$//' and tr -d '\r'.
    [GeneratedRegex(@"dos2unix|\\r")]
    private static partial Regex Converts();
}
