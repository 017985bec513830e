using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>
/// Errors of RUN steps: <c>process "COMMAND" did not complete successfully: REASON</c>. Only the reason is looked at,
/// because the command may hold any text.
/// </summary>
internal static partial class EngineErrorRulesRun
{
    private const int LinesShown = 20;
    private const int LongestCommand = 160;

    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        new("process \"(?<command>.*)\" did not complete successfully: (?<reason>.*)$", Diagnose),
        // BuildKit before 0.11, in engines of that age.
        new(@"executor failed running \[(?<command>.*)\]: (?<reason>.*)$", Diagnose),
    ];

    private static Diagnostic Diagnose(Match match, EngineErrorInput input)
    {
        var reason = match.Groups["reason"].Value;
        if (reason.EndsWith("context canceled", StringComparison.Ordinal))
        {
            return EngineDiagnostics.BuildStopped.With("context canceled");
        }

        if (NetworkFault().IsMatch(reason))
        {
            return EngineDiagnostics.EngineNetworkFault.With(reason);
        }

        if (reason.Contains("no space left on device", StringComparison.Ordinal))
        {
            return EngineDiagnostics.DiskFull.With(reason);
        }

        var command = CommandOf(match, input);
        return ExitCode().Match(reason) is { Success: true } exit
            ? Exited(command, exit.Groups["code"].Value, reason, input)
            : DockerfileDiagnostics.StepFailed.At(input.Location, "RUN " + command, reason);
    }

    private static Diagnostic Exited(string command, string code, string reason, EngineErrorInput input)
    {
        var output = EachErrorOnce(input.FailedStep?.OutputTail ?? []).TakeLast(LinesShown).ToList();
        while (output.Count > 0 && string.IsNullOrWhiteSpace(output[^1]))
        {
            output.RemoveAt(output.Count - 1);
        }

        if (code == "137" && (OutOfMemory().IsMatch(reason) || output.Exists(line => OutOfMemory().IsMatch(line))))
        {
            return EngineDiagnostics.OutOfMemory.At(input.Location, $"RUN {command}{Where(input)}, exit code 137");
        }

        if (output.Find(line => line.Contains("no space left on device", StringComparison.OrdinalIgnoreCase)) is { } full)
        {
            return EngineDiagnostics.DiskFull.At(input.Location, $"RUN {command}: {full.Trim()}");
        }

        var shown = output.Count == 0
            ? ""
            : " Last output:\n" + string.Join('\n', output.Select(line => ("    " + line).TrimEnd()));
        if (HasWindowsLineEnds(input))
        {
            var file = Path.GetFileName(input.Context.DockerfilePath!);
            return DockerfileDiagnostics.HeredocLineEnds.At(input.Location, command, code, Where(input), file, shown);
        }

        // A project that is not where the command looks for it was not copied: as with COPY, the context may be the wrong one.
        var context = output.Exists(line => ProjectMissing().IsMatch(line)) && input.Context.ContextDescription is { Length: > 0 } description
            ? $"\n    The build context is {description}." : "";
        var missing = MissingFiles.In(input.FailedStep?.OutputTail ?? []);
        var other = missing.Count > 0 ? input.Context.OtherContextOf?.Invoke(missing) ?? "" : "";
        return DockerfileDiagnostics.RunFailed.At(input.Location, command, code, Where(input), other + shown + (other.Length > 0 ? "" : context));
    }

    // "dotnet build" prints each error when it happens and again in its summary.
    private static IEnumerable<string> EachErrorOnce(IReadOnlyList<string> output)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return output.Where(line => !BuildDiagnostic().IsMatch(line) || seen.Add(line.Trim()));
    }

    private static bool HasWindowsLineEnds(EngineErrorInput input)
    {
        if (input.FailedStep is not { IsInternal: false } step || !step.Instruction.Contains("<<", StringComparison.Ordinal)
            || input.Context.DockerfilePath is not { } path || !File.Exists(path))
        {
            return false;
        }

        try
        {
            var lines = File.ReadAllText(path).Split('\n');
            // The line of the instruction itself is BuildKit's, and ends as it does everywhere.
            var (first, last) = input.Text.Line > 0 ? (input.Text.Line, Math.Max(input.Text.Line + 1, input.Text.EndLine)) : (0, lines.Length);
            return lines.Skip(first).Take(last - first).Any(line => line.EndsWith('\r'));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The step's name has the command as written; the process has what became of it, with the shell before it.
    private static string CommandOf(Match match, EngineErrorInput input)
    {
        var command = input.FailedStep is { IsInternal: false } step ? step.Instruction : match.Groups["command"].Value;
        command = RunAndFlags().Replace(command, "");
        command = Shell().Replace(command, "");
        command = Spaces().Replace(command, match => match.Groups["quoted"].Success ? match.Value : " ").Trim();
        return command.Length > LongestCommand ? command[..LongestCommand].TrimEnd() + "..." : command;
    }

    private static string Where(EngineErrorInput input)
    {
        // stage-N is BuildKit's name for a stage that has none in the Dockerfile.
        var stage = input.FailedStep?.Stage is { } name && !UnnamedStage().IsMatch(name) ? $" in stage \"{name}\"" : "";
        return stage + (input.FailedStep?.Platform is { } platform ? $" for {platform}" : "");
    }

    [GeneratedRegex("^exit code: (?<code>[0-9]+)")]
    private static partial Regex ExitCode();

    [GeneratedRegex(@"\bOOM\b|oom-?kill|\bKilled\b|out of memory|cannot allocate memory|heap out of memory", RegexOptions.IgnoreCase)]
    private static partial Regex OutOfMemory();

    [GeneratedRegex(EngineErrorRulesEngine.NetworkFaultPattern)]
    private static partial Regex NetworkFault();

    [GeneratedRegex(@"^RUN\s+(?:--\S+\s+)*", RegexOptions.IgnoreCase)]
    private static partial Regex RunAndFlags();

    [GeneratedRegex(@"^(?:/dev/\.buildkit_qemu_emulator )?/bin/(?:ba)?sh -e?c ")]
    private static partial Regex Shell();

    [GeneratedRegex(@": (?:error|warning) [A-Z]+[0-9]+: ")]
    private static partial Regex BuildDiagnostic();

    [GeneratedRegex(@"\b(?:MSB1003|MSB1009|MSB3202|NETSDK1004)\b")]
    private static partial Regex ProjectMissing();

    [GeneratedRegex(@"^stage-[0-9]+$")]
    private static partial Regex UnnamedStage();

    // What stands in quotes is one word, whatever spaces it has.
    [GeneratedRegex("""(?<quoted>"(?:\\.|[^"\\\n])*"|'[^'\n]*')|\s+""")]
    private static partial Regex Spaces();
}
