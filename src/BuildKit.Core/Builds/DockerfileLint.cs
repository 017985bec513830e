using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Builds;

/// <summary>Checks the Dockerfile of a request: by our own checks, and by BuildKit's without a build.</summary>
/// <param name="settings">Which checks, and how serious.</param>
/// <param name="project">What the project says about itself.</param>
public sealed class DockerfileLint(LintSettings settings, ProjectFacts project)
{
    /// <summary>Which checks, and how serious.</summary>
    public LintSettings Settings => settings;

    /// <summary>
    /// Whether this is the first to say something in a build; what is about a context is said once, not for each of its
    /// Dockerfiles.
    /// </summary>
    public Func<string, bool> IsFirst { get; init; } = _ => true;

    /// <summary>Our own checks (BK33xx); none for an image without a Dockerfile of the user's.</summary>
    public IReadOnlyList<Diagnostic> Own(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var arguments = request.ArgumentValues;
        return [.. DockerfileCheckList.Run(request.Dockerfile, request.Context, request.TargetStage, arguments, project, settings)
            .Where(found => !ContextContentCheck.Codes.Contains(found.Code) || IsFirst($"{found.Code} {request.Context}"))];
    }

    /// <summary>BuildKit's checks (BK32xx), and what keeps it from reading the Dockerfile (BK3003).</summary>
    /// <param name="request">The request.</param>
    /// <param name="builder">The builder, whose BuildKit checks.</param>
    /// <param name="buildx">Runs buildx.</param>
    /// <param name="cancellation">How to end it early.</param>
    /// <exception cref="DiagnosticException">BuildKit did not check; the diagnostics say why.</exception>
    public async Task<IReadOnlyList<Diagnostic>> OfBuildKitAsync(
        BuildRequest request, Builder builder, BuildxRun buildx, ProcessCancellation cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Dockerfile.Length == 0 || settings.Level == LintLevel.Off)
        {
            return [];
        }

        ArgumentNullException.ThrowIfNull(buildx);
        var call = new BuildxCall(BuildxCommandLine.OfCheck(request, builder), builder, Path.GetDirectoryName(request.ProjectFile)!);
        var run = await buildx.RunAsync(call, cancellation).ConfigureAwait(false);
        var known = FailureFacts.With(new FailureContext(request.Dockerfile, request.Context, [], builder.Endpoint, builder.BuildxVersion), request);
        if (CheckResult.TryRead(run.Output, request.Dockerfile, known) is { } found)
        {
            return [.. found.Select(settings.Apply)];
        }

        // The exit code says nothing: it is 1 for a warning as for a broken engine.
        cancellation.Graceful.ThrowIfCancellationRequested();
        throw new DiagnosticException([.. EngineErrorClassifier.Classify(
            run,
            known)]);
    }
}
