using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Builds;

/// <summary>Who does not answer.</summary>
internal enum StallKind
{
    /// <summary>Nobody is waited for.</summary>
    None,

    /// <summary>A registry or another server.</summary>
    Registry,

    /// <summary>The builder, which begins no step.</summary>
    Builder,

    /// <summary>The engine, which does not answer a simple question.</summary>
    Engine,
}

/// <summary>What a quiet run waits for.</summary>
/// <param name="Kind">Who does not answer.</param>
/// <param name="What">That, in words, to stand behind a colon.</param>
/// <param name="IsPatient">Whether it may rightly take long.</param>
internal sealed record Stall(StallKind Kind, string What = "", bool IsPatient = false);

/// <summary>Finds out what a run of buildx waits for when nothing is heard of it: by its steps, the engine and the registries.</summary>
/// <param name="call">The run.</param>
/// <param name="environment">The environment of the build.</param>
/// <param name="registries">The registries.</param>
internal sealed class StallLook(BuildxCall call, BuildEnvironment environment, RegistryClients registries)
{
    /// <summary>Nobody is waited for.</summary>
    public static readonly Stall Nothing = new(StallKind.None);

    private static readonly TimeSpan EngineLimit = TimeSpan.FromSeconds(5);

    private readonly QuietSteps steps = new([.. call.Pushed.Select(reference => RegistryHost.Of(reference).Name)], call.CacheRegistries);
    private readonly EngineEndpoint engine = EngineEndpoint.Find(environment);

    /// <summary>Looks.</summary>
    public async Task<Stall> LookAsync(CancellationToken cancellation)
    {
        if (await EngineIsSilentAsync(cancellation).ConfigureAwait(false))
        {
            return new Stall(StallKind.Engine, $"the engine at {engine} does not answer");
        }

        var quiet = steps.Look(call.Graph);
        if (quiet.IsBusy)
        {
            return Nothing;
        }

        if (quiet.Awaited.Count == 0)
        {
            // A builder with a limit of its own for steps at once lets builds wait; the engine's has none.
            return new Stall(StallKind.Builder, $"the builder \"{call.Builder.DisplayName}\" begins no step",
                call.Builder.Driver != BuilderDriver.Docker);
        }

        var first = quiet.Awaited.FirstOrDefault(work => !work.IsLarge) ?? quiet.Awaited[0];
        var what = first.Registry.Length == 0 ? $"the builder waits ({first.Step})" : $"the builder waits for {first.Registry} ({first.Step})";
        return new Stall(StallKind.Registry, what, first.IsLarge && !await AreSilentAsync(first.Registry, cancellation).ConfigureAwait(false));
    }

    private async Task<bool> EngineIsSilentAsync(CancellationToken cancellation)
    {
        if (!engine.CanCall || !IsBehindBuilder())
        {
            return false;
        }

        try
        {
            using var api = new EngineApi(engine, EngineLimit);
            await api.PingAsync(cancellation).ConfigureAwait(false);
            return false;
        }
        catch (EngineException failure)
        {
            // One that is gone ends the connection, and so the run.
            return failure.Kind == EngineFailure.Timeout;
        }
    }

    private bool IsBehindBuilder() => call.Builder.Driver == BuilderDriver.Docker
        || (call.Builder.Driver == BuilderDriver.DockerContainer
            && (call.Builder.Endpoint == engine.Address || call.Builder.Endpoint == engine.Context));

    // One of them that takes connections and does not answer; what cannot be reached from here may be reached from the builder.
    private async Task<bool> AreSilentAsync(string hosts, CancellationToken cancellation)
    {
        foreach (var host in hosts.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (await registries.IsSilentAsync(host, cancellation).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }
}
