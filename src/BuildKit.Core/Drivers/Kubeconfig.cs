using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Systems;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Drivers;

/// <summary>
/// The file that names the cluster of the kubernetes driver: the first of KUBECONFIG, else <c>~/.kube/config</c>
/// (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/).
/// </summary>
internal static class Kubeconfig
{
    /// <summary>Refuses a kubeconfig that leads to no cluster.</summary>
    /// <param name="builder">Name of the builder, for messages.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="location">The project, for diagnostics.</param>
    /// <exception cref="DiagnosticException">BK1027, BK1028, BK1029.</exception>
    public static void Check(string builder, BuildEnvironment environment, SourceLocation? location)
    {
        var files = FilesOf(environment);
        var there = files.Where(File.Exists).ToList();
        if (there.Count == 0)
        {
            // Inside a cluster the pod's own account is used.
            if (environment.ContainsKey("KUBERNETES_SERVICE_HOST"))
            {
                return;
            }

            throw new DiagnosticException(BuilderDiagnostics.KubeconfigMissing.At(location, builder, string.Join(" and ", files)));
        }

        try
        {
            // Several files are merged: the first current-context counts, and entries of all.
            var roots = there.Select(file => YamlReader.Read(File.ReadAllText(file), file)).OfType<YamlMap>().ToList();
            var current = roots.Select(root => Text(root, "current-context")).FirstOrDefault(text => text.Length > 0) ?? "";
            var contexts = Entries(roots, "contexts");
            if (Problem(roots, current, contexts) is { } problem)
            {
                var names = contexts.Count == 0 ? "none" : string.Join(", ", contexts.Keys);
                throw new DiagnosticException(BuilderDiagnostics.KubeconfigContext.At(location, builder, string.Join(", ", there), problem, names));
            }
        }
        catch (DiagnosticException failure) when (failure.Diagnostics is [var wrong] && wrong.Code == DevSpaceDiagnostics.InvalidYaml.Code)
        {
            throw Invalid(wrong.Message, wrong.Location);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Invalid(failure.Message.Split('\n')[0], location);
        }

        DiagnosticException Invalid(string reason, SourceLocation? place) =>
            new(BuilderDiagnostics.KubeconfigInvalid.At(place, builder, string.Join(", ", there), reason.TrimEnd('.')));
    }

    /// <summary>The files that are read, whether they exist or not.</summary>
    public static IReadOnlyList<string> FilesOf(BuildEnvironment environment) => FilesOf(environment, HostSystems.Current, File.Exists);

    /// <summary>The same for any system.</summary>
    internal static IReadOnlyList<string> FilesOf(BuildEnvironment environment, HostSystem system, Func<string, bool> exists)
    {
        var rules = PathRules.Of(system);
        var named = environment.GetValueOrDefault("KUBECONFIG", "").Split(rules.ListSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (named.Length > 0)
        {
            return named;
        }

        // On Windows the first of three folders that has the file (https://github.com/kubernetes/client-go, util/homedir).
        string Variable(string name) => environment.GetValueOrDefault(name, "");
        string[] homes = system == HostSystem.Windows
            ? [Variable("HOME"), Variable("HOMEDRIVE") + Variable("HOMEPATH"), Variable("USERPROFILE")] : [Variable("HOME")];
        List<string> files = [.. homes.Where(home => home.Length > 0).Select(home => rules.Join(home, ".kube", "config"))];
        return [files.Find(file => exists(file)) ?? (files.Count > 0 ? files[^1] : rules.Join(".kube", "config"))];
    }

    private static string? Problem(List<YamlMap> roots, string current, Dictionary<string, YamlMap> contexts)
    {
        if (current.Length == 0)
        {
            return "no current context is set";
        }

        if (!contexts.TryGetValue(current, out var context))
        {
            return $"the current context \"{current}\" does not exist";
        }

        var (cluster, user) = (Text(context, "cluster"), Text(context, "user"));
        return !Entries(roots, "clusters").TryGetValue(cluster, out var server)
            ? $"the context \"{current}\" names the cluster \"{cluster}\", which does not exist"
            : Text(server, "server").Length == 0 ? $"the cluster \"{cluster}\" has no server"
            : user.Length > 0 && !Entries(roots, "users").ContainsKey(user)
                ? $"the context \"{current}\" names the user \"{user}\", who does not exist"
            : null;
    }

    // "contexts: [{name: a, context: {…}}]" as a map from name to what stands under the singular.
    private static Dictionary<string, YamlMap> Entries(List<YamlMap> roots, string list)
    {
        var entries = new Dictionary<string, YamlMap>(StringComparer.Ordinal);
        foreach (var entry in roots.Select(root => root[list]).OfType<YamlList>().SelectMany(sequence => sequence.Items.OfType<YamlMap>()))
        {
            entries.TryAdd(Text(entry, "name"), entry[list[..^1]] as YamlMap ?? new YamlMap(entry.Location));
        }

        return entries;
    }

    private static string Text(YamlMap node, string name) => (node[name] as YamlScalar)?.Text ?? "";
}
