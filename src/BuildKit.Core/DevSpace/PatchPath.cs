using System.Text.RegularExpressions;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>A value that a path leads to, and where it hangs.</summary>
/// <param name="Parent">Its map or list; null for the root.</param>
/// <param name="Key">Its key in a map.</param>
/// <param name="Node">The value.</param>
internal sealed record PathMatch(YamlNode? Parent, string Key, YamlNode Node);

/// <summary>
/// A path of a patch: DevSpace's form of JSONPath (https://github.com/vmware-labs/yaml-jsonpath), with the older forms
/// <c>/images/app/0</c> and <c>deployments.name=api.helm</c>.
/// </summary>
internal sealed partial class PatchPath
{
    private readonly List<Func<PathMatch, IEnumerable<PathMatch>>> steps = [];

    private PatchPath(string text) => Text = text;

    /// <summary>The path in the newer form.</summary>
    public string Text { get; }

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is no path; the message says why.</exception>
    public static PatchPath Parse(string text)
    {
        var path = new PatchPath(Modern(text));
        var reader = new PatchPathReader(path.Text);
        while (reader.Next() is { } step)
        {
            path.steps.Add(step);
        }

        return path;
    }

    /// <summary>What the path leads to, in order.</summary>
    public IReadOnlyList<PathMatch> Find(YamlNode root)
    {
        IEnumerable<PathMatch> current = [new PathMatch(null, "", root)];
        foreach (var step in steps)
        {
            current = current.SelectMany(step).ToList();
        }

        return [.. current];
    }

    /// <summary>The path without its last step, and the name of that step; DevSpace cuts texts, and so do we.</summary>
    public (string Parent, string Child) Split()
    {
        if (LastBracket().Match(Text) is { Success: true } bracket)
        {
            return (Text[..bracket.Index],
                bracket.Groups[1].Value.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal));
        }

        var dot = Text.LastIndexOf('.');
        return (dot < 0 ? "" : Text[..dot], Text[(dot + 1)..].TrimStart('$'));
    }

    /// <summary>What hangs directly below a value.</summary>
    internal static IEnumerable<PathMatch> Children(YamlNode node) => node switch
    {
        YamlMap map => map.Entries.Select(entry => new PathMatch(map, entry.Key, entry.Value)),
        YamlList list => list.Items.Select(item => new PathMatch(list, "", item)),
        _ => [],
    };

    private static string Modern(string text)
    {
        if (text.Contains("[?", StringComparison.Ordinal))
        {
            return text;
        }

        if (OldSelector().IsMatch(text))
        {
            var parts = text.Split('.').Select(part => OldSelector().Match(part) is { Success: true } match
                ? match.Groups[2].Value is var value && value.All(char.IsAsciiDigit)
                    ? $"[?(@.{match.Groups[1].Value}=='{value}' || @.{match.Groups[1].Value}=={value})]"
                    : $"[?(@.{match.Groups[1].Value}=='{value}')]"
                : part);
            return string.Join('.', parts).Replace(".[?", "[?", StringComparison.Ordinal);
        }

        if (!text.Contains('/', StringComparison.Ordinal))
        {
            return text;
        }

        var names = text.TrimStart('/').Split('/')
            .Select(part => part is "*" || (part.Length is > 0 and < 9 && part.All(char.IsAsciiDigit)) ? $"[{part}]" : "." + part);
        return (text.StartsWith('/') ? "$" : "") + string.Concat(names);
    }

    [GeneratedRegex(@"\[([^\]]+)\]\z")]
    private static partial Regex LastBracket();

    [GeneratedRegex(@"([^=]+)=([^.=><~]+)")]
    private static partial Regex OldSelector();
}
