using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Chooses the profiles that apply and their order: those that activate themselves, then those that are named, each
/// after its parents (https://www.devspace.sh/docs/configuration/profiles/).
/// </summary>
/// <param name="files">Reads files that parents name.</param>
/// <param name="variables">Variables, which activations ask for.</param>
/// <param name="options">What the project says.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed class DevSpaceProfiles(DevSpaceFiles files, DevSpaceVariables variables, DevSpaceOptions options, IDiagnosticSink sink)
{
    /// <summary>The profiles in the order in which they apply.</summary>
    /// <param name="root">The file.</param>
    /// <exception cref="DiagnosticException">BK6106, BK6107.</exception>
    public IReadOnlyList<YamlFields> Select(YamlMap root)
    {
        var own = Read(root);
        var names = (options.ProfileActivation ? own.Where(IsActivated).Select(profile => profile.Text("name")) : []).Concat(options.Profiles)
            .ToList();
        // Of a name that occurs twice the last one counts.
        names = [.. names.Where((name, index) => names.LastIndexOf(name) == index)];
        var chain = new List<YamlFields>();
        for (var i = names.Count - 1; i >= 0; i--)
        {
            Collect(own, names[i], new SourceLocation(files.MainFile), chain, []);
        }

        chain.Reverse();
        return chain;
    }

    private List<YamlFields> Read(YamlMap root)
    {
        var fields = new YamlFields(root, Path.GetFileName(root.Location.File), sink);
        var profiles = new List<YamlFields>();
        foreach (var item in fields.List("profiles")?.Items ?? [])
        {
            if (item is not YamlMap map)
            {
                sink.Report(DevSpaceDiagnostics.WrongKind.At(item.Location, "an entry of profiles", "a map", item.Kind));
                continue;
            }

            var profile = new YamlFields(map, $"profiles.{(map["name"] as YamlScalar)?.Value}", sink);
            profile.RefuseOthers(DevSpaceSchema.Profile);
            profiles.Add(profile);
        }

        return profiles;
    }

    private void Collect(List<YamlFields> profiles, string name, SourceLocation at, List<YamlFields> chain, string[] above)
    {
        if (above.Contains(name) || above.Length > 50)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(at, "profiles", string.Join(" -> ", [.. above, name])));
        }

        if (profiles.Find(candidate => candidate.Text("name") == name) is not { } profile)
        {
            var there = profiles.Count == 0
                ? "the file defines none"
                : "there are " + string.Join(", ", profiles.Select(candidate => candidate.Text("name")));
            throw new DiagnosticException(DevSpaceDiagnostics.UnknownProfile.At(at, name, there));
        }

        chain.Add(profile);
        if (chain.Count > 200)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(at, "profiles", "with more than 200 parents"));
        }

        var parent = profile.Text("parent");
        if (parent.Length > 0)
        {
            Collect(profiles, parent, profile.At("parent"), chain, [.. above, name]);
        }

        foreach (var item in (profile.List("parents")?.Items ?? []).OfType<YamlMap>().Reverse())
        {
            var fields = new YamlFields(item, $"{profile.Name}.parents", sink);
            fields.RefuseOthers("profile", "source");
            var other = profiles;
            if (fields.Fields("source") is { } source)
            {
                if (files.Follow(source, files.FolderOf(item)) is not { } file)
                {
                    continue;
                }

                other = Read(file);
            }

            if (fields.Text("profile") is { Length: > 0 } wanted)
            {
                Collect(other, wanted, item.Location, chain,
                    ReferenceEquals(other, profiles) ? [.. above, name] : [.. above, name, item.Location.File]);
            }
        }
    }

    private bool IsActivated(YamlFields profile) =>
        (profile.List("activation")?.Items ?? []).OfType<YamlMap>().Any(item =>
        {
            var activation = new YamlFields(item, $"{profile.Name}.activation", sink);
            activation.RefuseOthers("env", "vars");
            return All(activation.Fields("env"), entry => options.Environment.GetValueOrDefault(entry.Key, ""))
                && All(activation.Fields("vars"), entry => variables.TextOf(entry.Key, entry.Location));
        });

    private static bool All(YamlFields? conditions, Func<YamlEntry, string> value) =>
        conditions?.Map.Entries.All(entry => IsMatch(entry, conditions, value)) ?? true;

    private static bool IsMatch(YamlEntry entry, YamlFields conditions, Func<YamlEntry, string> value)
    {
        var pattern = conditions.Text(entry.Key);
        pattern = pattern.StartsWith('^') ? pattern[1..] : pattern;
        pattern = pattern.EndsWith('$') ? pattern[..^1] : pattern;
        try
        {
            return new Regex($@"^{pattern}\z", RegexOptions.NonBacktracking).IsMatch(value(entry));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.WrongKind.At(entry.Location, entry.Key, "a regular expression", $"\"{pattern}\""));
        }
    }
}
