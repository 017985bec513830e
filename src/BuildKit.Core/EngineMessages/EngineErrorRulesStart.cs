using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Progress;

namespace BuildKit.Core.EngineMessages;

/// <summary>Errors before the build: the command line, the way to the engine, the start of the builder.</summary>
internal static partial class EngineErrorRulesStart
{
    // Signals that end a process, by the exit code that they leave.
    private static readonly Dictionary<int, string> Signals = new()
    {
        [129] = "SIGHUP: its terminal was closed",
        [130] = "SIGINT",
        [134] = "SIGABRT",
        [137] = "SIGKILL: the system does so when memory runs out",
        [139] = "SIGSEGV",
        [143] = "SIGTERM",
    };

    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        // A process that is killed says nothing; what stands there is from before.
        new("",
            (_, input) => Signals.TryGetValue(input.Failure.ExitCode, out var signal)
                && !input.Text.Raw.StartsWith("ERROR: ", StringComparison.Ordinal)
            ? EngineDiagnostics.BuildStopped.With($"buildx was killed by {signal}") : null),

        // Docker's command line tells nothing of a plugin that was killed.
        new("", (_, input) => input.Failure.ExitCode == 255 && input.Text.Raw.Length == 0
            ? EngineDiagnostics.BuildStopped.With("buildx ended without a word, as a program that is killed does") : null),

        // The same in a bake, which is one run for several images.
        new("^buildx ended with exit code (?<code>1[0-9][0-9])$", (match, _) =>
            Signals.TryGetValue(int.Parse(match.Groups["code"].Value, CultureInfo.InvariantCulture), out var signal)
                ? EngineDiagnostics.BuildStopped.With($"buildx was killed by {signal}") : null),

        new("error getting credentials - err: (?<why>.+)$", (match, input) => EngineDiagnostics.CredentialHelperFailed.With(
            RegistryInStep().Match(input.FailedStep?.Name ?? "") is { Success: true } step ? step.Groups["registry"].Value
                : input.Context.Tags.Count > 0 ? EngineErrorInput.RegistryOf(input.Context.Tags[0]) : "of this build",
            match.Groups["why"].Value)),

        new("(?:decode|parse) token response|failed to fetch (?:oauth|anonymous) token: no token|authorization server did not include a token",
            (_, input) => EngineDiagnostics.TokenServerFault.With(input.Text.Message)),

        new("unknown command: docker buildx|'buildx' is not a docker command", (_, input) =>
            EngineDiagnostics.BuildxMissing.With(input.Context.CliVersion)),

        new("^(?:unknown (?:shorthand )?flag: |invalid argument |flag needs an argument|\"docker buildx \\w+\" requires )", (_, input) =>
            SpeaksOfDockerItself(input)
                ? EngineDiagnostics.BuildxMissing.With(input.Context.CliVersion)
                : EngineDiagnostics.CommandLineRefused.With(input.Text.Message)),

        new(@"permission denied while trying to connect to the Docker|dial unix \S+: connect: permission denied", (_, input) =>
            EngineDiagnostics.SocketPermissionDenied.With(input.Context.CliVersion, input.Context.Endpoint)),

        new(@"[Cc]annot connect to the Docker daemon|failed to connect to the docker API|error during connect: |dial unix \S+: connect: ",
            (_, input) =>
            HasBegun(input)
                ? EngineDiagnostics.EngineGone.With(input.Text.Message)
                : EngineDiagnostics.EngineUnreachable.With(input.Context.CliVersion, input.Context.Endpoint, WhyUnreachable(input.Text.Message))),

        new("no builder \"(?<name>[^\"]+)\" found", (match, _) =>
            EngineDiagnostics.BuilderMissing.With(match.Groups["name"].Value, "those of \"docker buildx ls\"")),

        new(@"^context deadline exceeded$|failed to find driver|no valid drivers? found|\bis restarting\b|failed to list workers|failed to "
            + @"initialize builder", (_, input) =>
            HasBegun(input) ? null : BootstrapFailed(input)),

        // Whatever the text: the step that starts the builder has failed.
        new("", (_, input) => input.FailedStep is { } step && Boots(step) ? BootstrapFailed(input) : null),
    ];

    // docker without the plugin takes "buildx" for an argument, complains about the first flag, and shows its own help.
    private static bool SpeaksOfDockerItself(EngineErrorInput input) =>
        input.Failure.ErrorLines.Any(line => DockerHelp().IsMatch(line));

    private static bool HasBegun(EngineErrorInput input) =>
        input.Failure.Graph.Steps.Any(step => step.Started is not null && !Boots(step));

    private static bool Boots(BuildStep step) =>
        step.IsInternal && step.Instruction is "booting buildkit" or "waiting for connection";

    private static Diagnostic BootstrapFailed(EngineErrorInput input)
    {
        var (name, reason) = (input.Context.Builder ?? "default",
            input.Text.Message == "context deadline exceeded" ? "its endpoint does not answer" : RegistryFault.Of(input.Text.Message).Reason);
        return EngineDiagnostics.BootstrapFailed.With(
            name, input.Context.Driver ?? "docker-container", reason, EngineDiagnostics.StartRemedy(name, reason, removed: false));
    }

    private static string WhyUnreachable(string message) =>
        Reason().Match(message) is { Success: true } match ? match.Value : "nothing listens there";

    [GeneratedRegex(@" token for (?<registry>\S+)$")]
    private static partial Regex RegistryInStep();

    [GeneratedRegex("See 'docker (?:\\w+ )?--help'|Run 'docker --help'|Usage: +docker \\[OPTIONS\\]")]
    private static partial Regex DockerHelp();

    [GeneratedRegex(
        "no such file or directory|connection refused|no such host|i/o timeout|The system cannot find the file specified|certificate[^:]*")]
    private static partial Regex Reason();
}
