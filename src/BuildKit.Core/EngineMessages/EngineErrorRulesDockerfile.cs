using System.Text.RegularExpressions;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>Errors in the Dockerfile and its context.</summary>
internal static partial class EngineErrorRulesDockerfile
{
    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        new("failed to read dockerfile: open (?<path>.+?): (?:no such file|is a directory|not a directory)", NoDockerfile),
        new("unable to evaluate symlinks in Dockerfile path: lstat (?<path>.+?): ", NoDockerfile),
        new(@"^resolve : lstat (?<path>.+?): no such file", NoDockerfile),

        // A COPY whose source BuildKit looks for only when it runs, since nothing before it is new.
        new("^l?stat (?<path>.+?): no such file", (match, input) => input.FailedStep is { IsInternal: false } ? SourceNotFound(match, input) : null),

        new("unable to prepare context: path \"(?<path>[^\"]+)\" not found|failed to get build context (?<path>.+?): stat |^(?:unable to prepare "
            + "context: )?(?:stat|lstat) (?<path>.+?): no such file", (match, _) =>
            DockerfileDiagnostics.ContextNotFound.With(match.Groups["path"].Value, "BuildKitContext", "")),

        new(@"dockerfile parse error(?: on line [0-9]+)?: (?<text>unknown flag: -*(?<flag>[a-z-]+).*)$", (match, input) =>
            FrontendFlags.FirstWith(match.Groups["flag"].Value) is { } version
                ? DockerfileDiagnostics.FlagTooNew.At(input.Location, match.Groups["flag"].Value, version) : null),
        new(@"dockerfile parse error(?: on line [0-9]+)?: (?<text>.+)$", (match, input) =>
            DockerfileDiagnostics.ParseError.At(input.Location, match.Groups["text"].Value)),
        new(@"the Dockerfile (?:\S+ )?cannot be empty|file with no instructions", (match, input) =>
            DockerfileDiagnostics.ParseError.At(input.Location, match.Value)),

        new("target stage \"?(?<stage>[^\"]+?)\"? could not be found(?: \\(did you mean (?<other>[^?)]+)\\?\\))?", UnknownStage),

        new("lint violation found for rules: (?<rules>.+)$", (match, input) =>
            DockerfileDiagnostics.LintViolation.At(input.Location, InOrder(match.Groups["rules"].Value))),

        new(@"secret (?<id>[^\s:]+): not found", (match, input) =>
            DockerfileDiagnostics.SecretNotGiven.At(input.Location, match.Groups["id"].Value)),

        new("^syntax error in pattern$", IgnorePattern),

        new("failed to calculate checksum(?: of ref \\S+)?: \"(?<path>[^\"]+)\": not found", SourceNotFound),
    ];

    private static Diagnostic NoDockerfile(Match match, EngineErrorInput input) =>
        DockerfileDiagnostics.DockerfileNotFound.With(
            input.Context.DockerfilePath ?? match.Groups["path"].Value, "BuildKitDockerfile");

    private static Diagnostic UnknownStage(Match match, EngineErrorInput input) =>
        PropertyDiagnostics.UnknownStage.At(
            input.Location,
            match.Groups["stage"].Value,
            input.Context.DockerfilePath is { } path ? Path.GetFileName(path) : "the Dockerfile",
            "no stage of that name",
            match.Groups["other"] is { Success: true } other ? $" Did you mean \"{other.Value}\"?" : "");

    // BuildKit names neither file nor line. It reads patterns by Linux's rules, where a back-slash escapes what follows.
    private static Diagnostic? IgnorePattern(Match match, EngineErrorInput input)
    {
        if (input.Context.ContextFolder is not { Length: > 0 } context || input.Context.DockerfilePath is not { } dockerfile
            || DockerIgnore.FindMalformed(context, dockerfile) is not var (file, line, text))
        {
            return null;
        }

        var why = text.EndsWith('\\')
            ? "; a back-slash at its end escapes nothing: folders are divided by \"/\" on every system" : "";
        return DockerfileDiagnostics.IgnorePatternMalformed.At(new SourceLocation(file, line), text, match.Value + why);
    }

    // BuildKit quotes the path from the root of the context, and users know it without.
    private static Diagnostic SourceNotFound(Match match, EngineErrorInput input)
    {
        var path = match.Groups["path"].Value;
        var other = input.Context.OtherContextOf?.Invoke([path]) ?? "";
        var isFrom = From().Match(input.Instruction);
        return isFrom.Success
            ? DockerfileDiagnostics.CopyFromSourceNotFound.At(input.Location, input.Instruction, path, isFrom.Groups["from"].Value)
            : DockerfileDiagnostics.CopySourceNotFound.At(
                input.Location,
                input.Instruction,
                path.TrimStart('/'),
                input.Context.ContextDescription is { Length: > 0 } context ? " " + context : "",
                other.Length > 0 ? other : input.Context.NearestTo?.Invoke(path) ?? "");
    }

    // BuildKit lists the rules in a random order.
    private static string InOrder(string rules) =>
        string.Join(", ", rules.Split(", ").Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\s--from=(?<from>\S+)")]
    private static partial Regex From();
}
