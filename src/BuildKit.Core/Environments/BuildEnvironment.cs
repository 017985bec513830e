using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace BuildKit.Core.Environments;

/// <summary>
/// The environment of a build, with what its project says about registries: Docker keeps both kinds of settings apart from a
/// build, so whoever has the one to ask a registry has the other as well. It is no dictionary on purpose: a copy would lose the
/// registries, and the rule by which names are compared.
/// </summary>
public sealed class BuildEnvironment
{
    private readonly Dictionary<string, string> variables;

    /// <summary>An environment without a variable.</summary>
    public BuildEnvironment()
        : this([])
    {
    }

    /// <summary>An environment of given variables; of several with one name the first counts.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="registries">What the project says about registries; null for nothing.</param>
    /// <param name="names">How names are compared; null for this system's way, see <see cref="NamesOfSystem"/>.</param>
    public BuildEnvironment(
        IEnumerable<KeyValuePair<string, string>> variables, IReadOnlyList<RegistryTrust>? registries = null, StringComparer? names = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        (Names, Registries) = (names ?? NamesOfSystem, registries ?? []);
        this.variables = new(Names);
        foreach (var (name, value) in variables)
        {
            this.variables.TryAdd(name, value);
        }
    }

    /// <summary>How this system compares names: without case on Windows, where <c>Path</c> and <c>PATH</c> are one variable.</summary>
    public static StringComparer NamesOfSystem => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>What the project says about registries.</summary>
    public IReadOnlyList<RegistryTrust> Registries { get; }

    /// <summary>How names are compared.</summary>
    public StringComparer Names { get; }

    /// <summary>All variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables => variables;

    /// <summary>The value of a variable that is set.</summary>
    public string this[string name]
    {
        get => variables[name];
        init => variables[name] = value;
    }

    /// <summary>The environment of this process as it is now.</summary>
    /// <param name="registries">What the project says about registries.</param>
    public static BuildEnvironment OfProcess(IReadOnlyList<RegistryTrust> registries)
    {
        // Windows allows a block with both Path and PATH; the value that counts is the one that the system gives for either.
        static string ValueOf(DictionaryEntry entry) => Environment.GetEnvironmentVariable((string)entry.Key) ?? (string?)entry.Value ?? "";
        return new BuildEnvironment(
            Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(entry => KeyValuePair.Create((string)entry.Key, ValueOf(entry))),
            registries);
    }

    /// <summary>Whether a variable is set, to whatever value.</summary>
    public bool ContainsKey(string name) => variables.ContainsKey(name);

    /// <summary>Finds a variable.</summary>
    public bool TryGetValue(string name, [MaybeNullWhen(false)] out string value) => variables.TryGetValue(name, out value);

    /// <summary>The value of a variable; null when it is not set.</summary>
    public string? GetValueOrDefault(string name) => variables.GetValueOrDefault(name);

    /// <summary>The value of a variable, or another one when it is not set.</summary>
    public string GetValueOrDefault(string name, string otherwise) => variables.GetValueOrDefault(name, otherwise);

    /// <summary>Whether a variable is <c>true</c> in any case of letters, as CI systems and .NET write it.</summary>
    public bool IsTrue(string name) => GetValueOrDefault(name, "").Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same environment with some variables set, or removed where the value is null.</summary>
    public BuildEnvironment With(IEnumerable<KeyValuePair<string, string?>> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var changed = new BuildEnvironment(variables, Registries, Names);
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                changed.variables.Remove(name);
            }
            else
            {
                changed.variables[name] = value;
            }
        }

        return changed;
    }

    /// <summary>The same environment with what is not set yet.</summary>
    public BuildEnvironment WithMissing(IEnumerable<KeyValuePair<string, string>> defaults) =>
        new(variables.Concat(defaults), Registries, Names);

    /// <summary>The same environment without some variables.</summary>
    /// <param name="isRemoved">Says of a name whether it is one of them.</param>
    public BuildEnvironment Without(Func<string, bool> isRemoved) =>
        new(variables.Where(variable => !isRemoved(variable.Key)), Registries, Names);
}
