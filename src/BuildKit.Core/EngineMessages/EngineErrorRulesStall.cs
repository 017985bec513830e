using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>A run that was ended because it stood still. The line is not buildx's: whoever watched it wrote it.</summary>
internal static class EngineErrorRulesStall
{
    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        new(@"^no progress \((?<kind>\w+)\) for (?<time>[^:]+): (?<what>.+)$", (match, _) => (match.Groups["kind"].Value switch
        {
            "Engine" => WaitDiagnostics.EngineSilent,
            "Builder" => WaitDiagnostics.BuilderStuck,
            _ => WaitDiagnostics.RegistrySilent,
        }).With(match.Groups["time"].Value, match.Groups["what"].Value)),
    ];
}
