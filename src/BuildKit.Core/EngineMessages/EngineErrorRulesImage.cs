using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.EngineMessages;

/// <summary>Errors of images that a build reads: base images, images of COPY --from, and the frontend of a # syntax line.</summary>
internal static partial class EngineErrorRulesImage
{
    internal static IReadOnlyList<EngineErrorRule> All { get; } =
    [
        new("", (_, input) => SyntaxLine().Match(input.Text.SourceLine) is { Success: true } syntax
            ? Frontend(syntax.Groups["ref"].Value, input)
            : null),
        new("", (_, input) => FrontendStep().Match(input.FailedStep?.Name ?? "") is { Success: true } step
            ? Frontend(step.Groups["ref"].Value, input)
            : null),

        new(@"failed to resolve source metadata for (?<ref>\S+): (?<why>.+)$", (match, input) =>
            BaseImage(match.Groups["ref"].Value, match.Groups["why"].Value, input)),
        new(@"^(?<ref>\S+): (?<why>(?:no match for platform in manifest|pull access denied|not found).*)$", (match, input) =>
            BaseImage(match.Groups["ref"].Value, match.Groups["why"].Value, input)),
        new(@"pull access denied for (?<ref>[^\s,]+)", (match, input) =>
            BaseImage(match.Groups["ref"].Value, input.Text.Message, input)),

        // The text names no image, but the step does.
        new("", (_, input) => ImageStep().Match(input.FailedStep?.Instruction ?? "") is { Success: true } step
            ? BaseImage(step.Groups["ref"].Value, input.Text.Message, input)
            : null),
    ];

    private static Diagnostic Frontend(string reference, EngineErrorInput input) =>
        DockerfileDiagnostics.FrontendUnreachable.At(
            input.Location, reference, RegistryFault.Of(ResolvePrefix().Replace(input.Text.Message, "")).Reason);

    private static Diagnostic BaseImage(string reference, string why, EngineErrorInput input)
    {
        // The user knows the name as written, without docker.io/library, and not that of the mirror.
        var mirrored = input.Context.Mirrored.GetValueOrDefault(reference);
        var written = mirrored
            ?? (FromLine().Match(input.Text.SourceLine) is { Success: true } from
                && reference.EndsWith(from.Groups["ref"].Value, StringComparison.Ordinal)
            ? from.Groups["ref"].Value
            : reference);
        var fault = RegistryFault.Of(why);
        // A bare name in --from is nearly always a stage that is spelled in another way.
        if (FromOption().Match(input.Text.SourceLine) is { Success: true } option)
        {
            return DockerfileDiagnostics.FromNamesNothing.At(
                input.Location, option.Groups["name"].Value, input.Text.SourceLine, fault.Reason);
        }

        // A check quotes no line of the Dockerfile.
        if (input.Text.SourceLine.Length == 0 && LibraryImage().Match(reference) is { Success: true } library
            && input.Context.FromNames.TryGetValue(library.Groups["name"].Value, out var place))
        {
            return DockerfileDiagnostics.FromNamesNothing.At(
                input.Context.DockerfilePath is { } path ? new SourceLocation(path, place.Line) : null, library.Groups["name"].Value, place.Text,
                fault.Reason);
        }

        var mirror = mirrored is null ? "" : $" in the mirror, as {reference}";
        return fault.Kind switch
        {
            RegistryFaultKind.PlatformMissing => DockerfileDiagnostics.BaseImagePlatform.At(
                input.Location, written, input.FailedStep?.Platform
                    ?? (PlatformName().Match(why) is { Success: true } named ? named.Value : "the platform that is built")),
            RegistryFaultKind.Denied or RegistryFaultKind.Immutable => input.HelperFault(reference) ?? DockerfileDiagnostics.BaseImageDenied.At(
                input.Location, written, input.Refusal(fault.Reason, reference), EngineErrorInput.RegistryOf(reference), mirror),
            RegistryFaultKind.Limited => DockerfileDiagnostics.BaseImageLimited.At(
                input.Location, written, input.Refusal(fault.Reason, reference), input.Context.RetryAdvice,
                    DockerfileDiagnostics.OtherSourceOf(written, mirrored is not null)),
            RegistryFaultKind.NotFound => DockerfileDiagnostics.BaseImageNotFound.At(input.Location, written, mirror,
                DockerfileDiagnostics.OtherSourceOf(written, mirrored is not null)),
            _ => DockerfileDiagnostics.BaseImageUnreachable.At(input.Location, written, fault.Reason, mirror,
                DockerfileDiagnostics.OtherSourceOf(written, mirrored is not null)),
        };
    }

    [GeneratedRegex(@"^#\s*syntax\s*=\s*(?<ref>\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex SyntaxLine();

    [GeneratedRegex(@"^(?:\[[^\]]*\] )?resolve image config for (?:docker-image://)?(?<ref>\S+)")]
    private static partial Regex FrontendStep();

    [GeneratedRegex(@"^(?:load metadata for|FROM) (?<ref>[^\s@]+)")]
    private static partial Regex ImageStep();

    [GeneratedRegex(@"^FROM\s+(?:--\S+\s+)*(?<ref>[^\s$]+)(?:\s|$)", RegexOptions.IgnoreCase)]
    private static partial Regex FromLine();

    [GeneratedRegex(@"^(?:COPY|ADD|RUN)\s.*?[-,]from=(?<name>[A-Za-z][\w-]*)(?:[\s,]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex FromOption();

    [GeneratedRegex(@"^(?:docker\.io/library/)?(?<name>[A-Za-z][\w-]*)(?::latest)?$")]
    private static partial Regex LibraryImage();

    [GeneratedRegex(@"^.*failed to resolve source metadata for \S+: ")]
    private static partial Regex ResolvePrefix();

    [GeneratedRegex(@"\b(?:linux|windows)/[a-z0-9]+(?:/[a-z0-9]+)?")]
    private static partial Regex PlatformName();
}
