using System.Security.Cryptography;
using System.Text;

namespace BuildKit.Core.Drivers;

/// <summary>The buildkitd configuration of a builder: the project's own file, and a section for each registry item.</summary>
/// <param name="Text">The file's text; empty for none.</param>
/// <param name="Registries">The registry items in it.</param>
/// <param name="Hash">A short hash over the text and the files it names for registries; empty for none.</param>
internal sealed record DaemonConfiguration(string Text, IReadOnlyList<RegistryDefinition> Registries, string Hash)
{
    /// <summary>No configuration.</summary>
    public static DaemonConfiguration None { get; } = new("", [], "");

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Text.Length == 0;

    /// <summary>Reads the file and adds the sections.</summary>
    /// <param name="file">Full path of the project's own file; empty for none.</param>
    /// <param name="registries">The registry items.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static DaemonConfiguration Of(string file, IReadOnlyList<RegistryDefinition> registries)
    {
        if (file.Length == 0 && registries.Count == 0)
        {
            return None;
        }

        var own = file.Length > 0 ? File.ReadAllText(file) : "";
        var text = string.Join('\n', registries.SelectMany(registry => registry.ToToml()).Prepend(own.TrimEnd())).Trim() + "\n";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (var certificate in registries.SelectMany(registry => registry.Files))
        {
            // A certificate that was renewed is another configuration, though its path stays.
            hash.AppendData(File.ReadAllBytes(certificate));
        }

        return new DaemonConfiguration(text, registries, Convert.ToHexString(hash.GetHashAndReset())[..12].ToLowerInvariant());
    }

    /// <summary>Whether the project's own file speaks of a registry; a second section of one name is an error in TOML.</summary>
    public static bool Mentions(string text, string host) =>
        text.Contains($"[registry.\"{host}\"]", StringComparison.Ordinal) || text.Contains($"[registry.'{host}']", StringComparison.Ordinal);
}
