using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>Errors after the steps: writing caches, pushing, loading, writing files.</summary>
internal static partial class EngineErrorRulesResult
{
    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        new(@"^failed to push (?<ref>\S+): (?<why>.+)$", (match, input) => Push(match.Groups["ref"].Value, match.Groups["why"].Value, input)),

        new("error writing (?:layer|manifest|config) blob|unknown cache exporter|failed to configure \\S+ cache exporter|cache exporter "
            + "requires|Cache export is not supported|invalid configuration for remote cache", (_, input) => CacheWrite(input)),
        new("", (_, input) => StepIs(input, "exporting cache to ") ? CacheWrite(input) : null),

        new(@"(?<what>[A-Z][\w -]+?) (?:feature )?is (?:currently )?not supported for the (?<driver>\S+) driver", (match, input) =>
            EngineDiagnostics.BuilderCannot.With(
                input.Context.Builder ?? "default",
                match.Groups["driver"].Value + " driver",
                Thing(match.Groups["what"].Value),
                "Turn the containerd image store on, or set BuildKitDriver=docker-container.")),

        new(@"(?:^|: )(?:open|mkdir|rename|create) (?<path>[^:]+): (?<why>permission denied|no such file or directory|is a directory|not a "
            + @"directory|file exists|read-only file system)$", (match, input) =>
            input.Text.Line == 0 && input.FailedStep is not { IsInternal: false }
                ? ResultDiagnostics.OutputNotWritable.With(match.Groups["path"].Value, match.Groups["why"].Value)
                : null),

        new("", (_, input) => StepIs(input, "importing to docker", "sending tarball", "exporting to docker image format")
            ? ResultDiagnostics.LoadFailed.With(input.Text.Message)
            : null),

        // Buildx looks at the end whether the folder of its own output is there.
        new("invalid output path: stat (?<path>.+): no such file or directory$", (match, _) =>
            ResultDiagnostics.OutputNotWritable.With(match.Groups["path"].Value, "the folder does not exist any more; it was moved or deleted")),

        // A refusal at the token server does not say that it was a push: the step does.
        new("", (_, input) => StepIs(input, "exporting to image", "pushing ") && RegistryFault.Of(input.Text.Message)
            .Kind is RegistryFaultKind.Denied or RegistryFaultKind.Limited or RegistryFaultKind.Tls or RegistryFaultKind.Immutable
            ? Push(input.Context.Tags.Count > 0 ? input.Context.Tags[0] : "the registry", input.Text.Message, input)
            : null),
    ];

    private static bool StepIs(EngineErrorInput input, params string[] names) =>
        input.FailedStep is { IsInternal: true } step
        && names.Any(name => step.Instruction.StartsWith(name, StringComparison.Ordinal));

    private static Diagnostic Push(string reference, string why, EngineErrorInput input)
    {
        reference = reference.Split('@')[0];
        var fault = RegistryFault.Of(why);
        return fault.Kind switch
        {
            RegistryFaultKind.Denied => input.HelperFault(reference)
                ?? ResultDiagnostics.PushDenied.With(reference, input.Refusal(fault.Reason, reference), EngineErrorInput.RegistryOf(reference)),
            RegistryFaultKind.Limited => ResultDiagnostics.PushLimited.With(reference, input.Refusal(fault.Reason, reference),
                input.Context.RetryAdvice),
            RegistryFaultKind.Immutable => ResultDiagnostics.TagImmutable.With(reference, fault.Reason),
            RegistryFaultKind.Tls => ResultDiagnostics.PushTls.With(reference, fault.Reason),
            _ => ResultDiagnostics.PushFailed.With(reference, fault.Reason),
        };
    }

    // BuildKit does not name the cache; the address of a failed request does.
    private static Diagnostic CacheWrite(EngineErrorInput input)
    {
        var address = Address().Match(input.Text.Raw);
        var reference = address.Success ? $"{address.Groups["host"].Value}/{address.Groups["name"].Value}"
            : input.FailedStep?.Instruction is { } step && step.StartsWith("exporting cache to ", StringComparison.Ordinal)
                ? step["exporting cache to ".Length..]
            : "its destination";
        return CacheDiagnostics.WriteEndedBuild.With(reference, RegistryFault.Of(input.Text.Message).Reason);
    }

    private static string Thing(string feature) => feature switch
    {
        "Multi-platform build" => "an image for several platforms",
        "Attestation" => "attestations",
        "OCI exporter" => "an OCI archive",
        "Docker exporter" => "a Docker archive",
        _ => feature,
    };

    [GeneratedRegex("""https?://(?<host>[^/"\s]+)/v2/(?<name>[^"\s]+?)/(?:blobs|manifests)/""")]
    private static partial Regex Address();
}
