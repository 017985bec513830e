using System.Collections.ObjectModel;

namespace BuildKit.Core.Registries;

/// <summary>
/// The environment of a build together with what its project says about registries. Docker keeps both kinds of settings
/// apart from a build, so whoever gets the one to ask a registry has the other as well.
/// </summary>
/// <param name="variables">The environment's variables.</param>
/// <param name="registries">What the project says.</param>
public sealed class BuildEnvironment(IDictionary<string, string> variables, IReadOnlyList<RegistryTrust> registries)
    : ReadOnlyDictionary<string, string>(variables)
{
    /// <summary>What the project says about registries.</summary>
    public IReadOnlyList<RegistryTrust> Registries => registries;
}
