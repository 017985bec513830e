using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>Faults of the engine that look like faults of a step.</summary>
internal static class EngineErrorRulesEngine
{
    /// <summary>The engine's network is broken: the step that needed it is not to blame.</summary>
    internal const string NetworkFaultPattern =
        @"failed to create endpoint|adding interface \S+ to bridge|failed to set up container networking|failed to program FILTER chain";

    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        new(NetworkFaultPattern, (_, input) => EngineDiagnostics.EngineNetworkFault.With(input.Text.Message)),

        new(@"snapshot \S+ does not exist: not found", (_, input) => EngineDiagnostics.BuildCacheDamaged.With(input.Text.Message)),

        // A push that fails so points to the registry's disk.
        new("^(?!failed to push ).*no space left on device", (_, input) => EngineDiagnostics.DiskFull.With(input.Text.Message)),
    ];
}
