using BuildKit.Core.Builders;
using BuildKit.Core.Drivers;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Builds;

/// <summary>The look at a registry before a build, which knows who will push.</summary>
public static class BuilderPreflight
{
    /// <summary>For a builder: that of the engine pushes from where the engine is, which can be asked; others are left alone.</summary>
    /// <param name="builder">The builder; null when it is not known.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="registries">The registries.</param>
    public static PushPreflight Of(Builder? builder, BuildEnvironment environment, RegistryClients registries) => new(registries)
    {
        IsOutOfReach = builder?.Driver == BuilderDriver.Docker
            ? (image, cancellation) => EngineReach.IsOutOfReachAsync(image, environment, cancellation) : null,
    };
}
