using BuildKit.Core.Environments;

namespace BuildKit.Core.ContinuousIntegration;

/// <summary>All CI systems that are recognised.</summary>
internal static class CiSystems
{
    // Woodpecker before Drone, whose variables older Woodpeckers set as well.
    private static readonly ICiSystem[] All =
    [
        new GitHubActions(), new AzurePipelines(), new GitLab(), new Jenkins(), new TeamCity(), new CircleCi(),
        new Bitbucket(), new AppVeyor(), new Travis(), new Woodpecker(), new Drone(),
    ];

    /// <summary>Whether CI builds: a system that is recognised, or one that says so by <c>CI</c>.</summary>
    /// <param name="environment">The environment of the build.</param>
    public static bool AreBuilding(BuildEnvironment environment) => environment.IsTrue("CI") || Find(environment) is not null;

    /// <summary>The run that a build is a part of.</summary>
    /// <param name="environment">The environment of the build.</param>
    /// <returns>Null outside CI, and in a system that is not known.</returns>
    public static CiRun? Find(BuildEnvironment environment)
    {
        var variables = new CiVariables(environment);
        return All.Select(system => system.Find(variables)).FirstOrDefault(run => run is not null);
    }
}
