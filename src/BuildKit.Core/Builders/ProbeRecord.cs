using System.Text;
using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Builders;

/// <summary>
/// What the last good probe found, so that the next build need not start a process to find the same. It stands in for
/// a probe while it is young, when the same is asked of the same programs at the same endpoint, and when the last build
/// on it went well; a build that fails takes it away, so that the next one probes and can explain.
/// </summary>
public static class ProbeRecord
{
    // Counted up when the meaning of a line changes.
    private const string Format = "buildkit-builder 2";

    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(3);

    /// <summary>How long a record counts unless the project says otherwise.</summary>
    public static readonly TimeSpan DefaultAge = TimeSpan.FromMinutes(30);

    /// <summary>Full path of a project's record; empty without a project, which keeps none.</summary>
    public static string FileOf(ProjectSettings project) =>
        project.IntermediateFolder is { Length: > 0 } folder ? Path.Combine(folder, "builder.record") : "";

    /// <summary>How long a record of a project counts.</summary>
    /// <exception cref="Diagnostics.DiagnosticException">BK1033.</exception>
    public static TimeSpan AgeOf(ProjectSettings project) => project.Time("BuildKitProbeAge") ?? DefaultAge;

    /// <summary>A stable text of all that decides what a probe finds.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="programPath">Full path of Docker's command line.</param>
    /// <param name="environment">The environment of the build.</param>
    public static string KeyOf(BuilderRequest request, string programPath, BuildEnvironment environment)
    {
        string[] parts =
        [
            BuilderIdentity.Of(request, environment),
            string.Join(',', request.Needs.Order()),
            EngineEndpoint.Find(environment).Identity,
            .. new[] { "DOCKER_CONFIG", "BUILDX_CONFIG", "KUBECONFIG" }.Select(name => environment.GetValueOrDefault(name, "")),
            BuilderIdentity.Stamp(programPath),
            .. BuildxPlugin.PathsOf(programPath, environment).Select(path => BuilderIdentity.Stamp(path)),
        ];
        return string.Join('|', parts).ReplaceLineEndings(" ");
    }

    /// <summary>The builder of a record that may stand in for a probe, or null. Starts no process.</summary>
    public static async Task<Builder?> ReadAsync(
        string file, string key, TimeSpan age, BuildEnvironment environment, CancellationToken cancellation)
    {
        string[] lines;
        try
        {
            var written = File.GetLastWriteTimeUtc(file);
            var now = DateTime.UtcNow;
            // A record from the future was written by another clock.
            if (age <= TimeSpan.Zero || written > now || now - written > age)
            {
                return null;
            }

            lines = await File.ReadAllLinesAsync(file, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return lines.Length == 10 && lines[0] == Format && lines[1] == key && BuilderDrivers.TryParse(lines[3]) is { } driver
            && await AnswersAsync(driver, environment, cancellation).ConfigureAwait(false)
            ? new Builder
            {
                Name = lines[2],
                Driver = driver,
                ContainerdStore = lines[4] == "true",
                Endpoint = lines[5],
                EngineVersion = lines[6],
                BuildxVersion = lines[7],
                BuildxPath = lines[8],
                Platforms = lines[9].Split(',', StringSplitOptions.RemoveEmptyEntries),
            }
            : null;
    }

    /// <summary>Writes the record; that it cannot be written is no reason to fail.</summary>
    public static void Write(string file, string key, Builder builder)
    {
        string[] lines =
        [
            Format, key, builder.Name, builder.Driver.NameOf(), builder.ContainerdStore ? "true" : "false",
            builder.Endpoint, builder.EngineVersion, builder.BuildxVersion, builder.BuildxPath, string.Join(',', builder.Platforms),
        ];
        // Without it the next build probes.
        WholeFile.TryWrite(file, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
    }

    /// <summary>Takes the record away, after a failure.</summary>
    public static void Forget(string file)
    {
        try
        {
            if (file.Length > 0)
            {
                File.Delete(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It ends by its age.
        }
    }

    // A stopped engine is found out here, where it can be named, and not by a build that hangs or fails: an engine that is halted takes
    // connections all the same. A question to a socket or pipe of this machine takes no time; others are left to the build.
    private static async Task<bool> AnswersAsync(
        BuilderDriver driver, BuildEnvironment environment, CancellationToken cancellation)
    {
        var endpoint = EngineEndpoint.Find(environment);
        if (driver is not (BuilderDriver.Docker or BuilderDriver.DockerContainer)
            || endpoint.Kind is not (EngineEndpointKind.Unix or EngineEndpointKind.NamedPipe))
        {
            return true;
        }

        try
        {
            using var engine = new EngineApi(endpoint, PingLimit);
            await engine.PingAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (EngineException)
        {
            return false;
        }
    }
}
