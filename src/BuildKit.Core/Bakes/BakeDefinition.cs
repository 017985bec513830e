using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using BuildKit.Core.Json;
using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Bakes;

/// <summary>The bake definition of several images: readable, and runnable by <c>docker buildx bake --file</c>.</summary>
/// <param name="entries">The images, with the names of their targets.</param>
public sealed partial class BakeDefinition(IReadOnlyList<BakeEntry> entries)
{
    /// <summary>What of the definition buildx runs only when it is allowed to, for all of some targets.</summary>
    public static IEnumerable<string> EntitlementsOf(IEnumerable<BakeEntry> entries)
    {
        var all = entries.Select(BakeTargetFile.Read).ToList();
        return [.. all.SelectMany(one => one.Texts("entitlements"))
            .Concat(all.Any(one => one.Text("network") == "host") ? ["network.host"] : [])
            .Concat(all.Any(one => one.Items("ssh").Any()) ? ["ssh"] : []).Distinct()];
    }

    /// <summary>Images of the same bake that an image is made from, by the names under which it uses them.</summary>
    public IReadOnlyList<(string Name, BakeEntry Entry)> LinksOf(BakeEntry entry) =>
        [.. from one in entries
            where one != entry && one.Builder.Name == entry.Builder.Name
            from used in entry.Image.Bases
            where !used.IsRead && one.Image.References.Contains(used.Reference)
            select (used.ContextName, one)];

    /// <summary>All images of the same bake that buildx builds along with an image.</summary>
    public IReadOnlyList<BakeEntry> ClosureOf(BakeEntry entry) =>
        [.. LinksOf(entry).SelectMany(link => ClosureOf(link.Entry).Append(link.Entry)).Distinct()];

    /// <summary>Writes the file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="relative">Whether paths below the file's folder are written relative to it, to be run there.</param>
    public void Write(string path, bool relative) => WholeFile.Write(path, file =>
    {
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("group");
        json.WriteStartObject("default");
        json.WriteTexts("targets", entries.Select(entry => entry.Target));
        json.WriteEndObject();
        json.WriteEndObject();
        WriteVariables(json);
        json.WriteStartObject("target");
        foreach (var entry in entries)
        {
            json.WriteStartObject(entry.Target);
            WriteTarget(json, entry, relative ? Path.GetDirectoryName(path)! : "");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    // "build" gives an argument without a value that of the environment, "bake" only through a variable.
    private void WriteVariables(Utf8JsonWriter json)
    {
        string[] names = [.. entries.SelectMany(NamesFromEnvironment).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            json.WriteStartObject("variable");
            foreach (var name in names)
            {
                json.WriteStartObject(name);
                json.WriteNull("default");
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }

    private static List<string> NamesFromEnvironment(BakeEntry entry) =>
        [.. BakeTargetFile.Read(entry).Members("args").Where(IsFromEnvironment).Select(member => member.Name)];

    private static bool IsFromEnvironment(JsonProperty argument) =>
        argument.Value.ValueKind == JsonValueKind.Null && VariableName().IsMatch(argument.Name);

    private static void WriteArguments(Utf8JsonWriter json, JsonProperty arguments)
    {
        json.WriteStartObject(arguments.Name);
        foreach (var argument in arguments.Value.EnumerateObject())
        {
            if (IsFromEnvironment(argument))
            {
                json.WriteString(argument.Name, $"${{{argument.Name}}}");
            }
            else
            {
                argument.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private void WriteTarget(Utf8JsonWriter json, BakeEntry entry, string folder)
    {
        var root = BakeTargetFile.Read(entry);
        var context = BakeText.Unescape(root.Text("context"));
        var links = LinksOf(entry);
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "context":
                    json.WriteString("context", BakeText.Escape(Shorten(context, folder)));
                    break;
                // Relative to the context, not to the folder.
                case "dockerfile" when folder.Length > 0 && Shorten(context, folder) != context:
                    json.WriteString("dockerfile",
                        BakeText.Escape(PathRules.Here.ToSlashes(Path.GetRelativePath(context, BakeText.Unescape(member.Value.AsText())))));
                    break;
                case "contexts":
                    break;
                case "args":
                    WriteArguments(json, member);
                    break;
                default:
                    member.WriteTo(json);
                    break;
            }
        }

        WriteContexts(json, [.. root.Members("contexts")], links, folder);
    }

    private static void WriteContexts(
        Utf8JsonWriter json, List<JsonProperty> own, IReadOnlyList<(string Name, BakeEntry Entry)> links, string folder)
    {
        if (own.Count + links.Count == 0)
        {
            return;
        }

        json.WriteStartObject("contexts");
        foreach (var member in own.Where(member => !links.Any(link => link.Name == BakeText.Unescape(member.Name))))
        {
            json.WriteString(member.Name, BakeText.Escape(Shorten(BakeText.Unescape(member.Value.AsText()), folder)));
        }

        foreach (var (name, linked) in links.DistinctBy(link => link.Name))
        {
            json.WriteString(BakeText.Escape(name), "target:" + linked.Target);
        }

        json.WriteEndObject();
    }

    private static string Shorten(string path, string folder) => Shorten(path, folder, HostSystems.Current);

    internal static string Shorten(string path, string folder, HostSystem system)
    {
        var rules = PathRules.Of(system);
        return folder.Length == 0 || NamedContext.HasScheme(path) || rules.Below(path, folder) is not { } relative ? path
            : relative.Length == 0 ? "." : relative;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex VariableName();
}
