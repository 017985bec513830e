using BuildKit.Core.Builders;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;
using BuildKit.Core.Results;
using BuildKit.Core.Staging;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Builds;

/// <summary>Makes ready what a build reads and writes, and refuses what must not be built.</summary>
/// <param name="cli">Docker's command line.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
/// <param name="sink">Where diagnostics go.</param>
public sealed class BuildPreparation(IDockerCli cli, BuildEnvironment environment, RegistryClients registries, IDiagnosticSink sink)
{
    /// <summary>Checks of the Dockerfile; null leaves them out.</summary>
    public DockerfileLint? Lint { get; init; }

    /// <summary>How long a check may wait for others without progress; zero for no limit.</summary>
    public TimeSpan StallLimit { get; init; } = RunOptions.DefaultStallLimit;

    /// <summary>Whether the base image of published files was to be made before in the same bake: when it is not there, that failed.</summary>
    public bool FollowsBase { get; init; }

    /// <summary>Prepares a build.</summary>
    /// <returns>Null when a check of the Dockerfile refuses it, with diagnostics.</returns>
    /// <exception cref="DiagnosticException">BK1011, BK5006, BK6205, or a base image that cannot be had.</exception>
    public async Task<BuildSession?> PrepareAsync(PlannedBuild plan, Builder builder, ProcessCancellation cancellation)
    {
        var request = plan.Request;
        BuilderAbilities.Check(request, builder);
        if (!await PassesLintAsync(request, builder, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        Directory.CreateDirectory(request.IntermediateFolder);
        var area = new StagingArea(request);
        CacheSession? caches = null;
        try
        {
            request = OciLayout.Materialize(request, area);
            plan = plan with { Request = request };
            caches = new CacheSession(request, registries);
            var source = request.PublishOutput is null
                ? BuildSource.Of(request)
                : await PublishSource.MakeAsync(request, plan.HiddenChanges, area, builder, environment, registries, cancellation.Graceful)
                    .ConfigureAwait(false);
            OutputFiles.Prepare(request.Outputs);
            return new BuildSession(plan, builder, source, caches) { Area = area };
        }
        catch (DiagnosticException failure) when (FollowsBase
            && failure.Diagnostics.Any(one => one.Code == DockerfileDiagnostics.BaseImageNotFound.Code))
        {
            caches?.Dispose();
            area.Dispose();
            throw new DiagnosticException(BakeDiagnostics.BaseFailed.At(new SourceLocation(request.ProjectFile), request.Name,
                request.PublishOutput!.BaseImage));
        }
        catch
        {
            caches?.Dispose();
            area.Dispose();
            throw;
        }
    }

    // Refused before the build: an image that must not be is better not pushed.
    private async Task<bool> PassesLintAsync(BuildRequest request, Builder builder, ProcessCancellation cancellation)
    {
        if (Lint is null || request.Dockerfile.Length == 0)
        {
            return true;
        }

        var found = Lint.Own(request);
        if (Lint.Settings.Level == LintLevel.Error)
        {
            var buildx = new BuildxRun(cli, environment, sink) { StallLimit = StallLimit, Registries = registries };
            found = [.. found, .. await Lint.OfBuildKitAsync(request, builder, buildx, cancellation).ConfigureAwait(false)];
        }

        found.ToList().ForEach(sink.Report);
        return !found.Any(sink.Fails);
    }
}
