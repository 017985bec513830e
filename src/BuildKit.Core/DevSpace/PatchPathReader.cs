using System.Globalization;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Reads the steps of a path one after the other.</summary>
/// <param name="text">The path.</param>
internal sealed class PatchPathReader(string text)
{
    private int position = text.StartsWith('$') ? 1 : 0;

    /// <summary>The next step; null at the end.</summary>
    /// <exception cref="FormatException">It is no step.</exception>
    public Func<PathMatch, IEnumerable<PathMatch>>? Next()
    {
        if (position >= text.Length)
        {
            return null;
        }

        if (text[position] == '[')
        {
            return Bracket();
        }

        var deep = text.AsSpan(position).StartsWith("..");
        position += deep ? 2 : text[position] == '.' ? 1 : 0;
        if (position >= text.Length)
        {
            return deep ? throw new FormatException("it ends with dots") : null;
        }

        if (deep && text[position] == '[')
        {
            var step = Bracket();
            return match => Descendants(match).SelectMany(step);
        }

        var end = text.IndexOfAny(['.', '['], position);
        var name = text[position..(end < 0 ? text.Length : end)];
        position += name.Length;
        Func<PathMatch, IEnumerable<PathMatch>> child = name == "*" ? match => PatchPath.Children(match.Node) : match => Named(match, name);
        return name.Length == 0 ? throw new FormatException("a name is missing")
            : deep ? match => Descendants(match).SelectMany(child)
            : child;
    }

    private static IEnumerable<PathMatch> Descendants(PathMatch match) =>
        PatchPath.Children(match.Node).SelectMany(Descendants).Prepend(match);

    private static IEnumerable<PathMatch> Named(PathMatch match, string name) =>
        match.Node is YamlMap map && map.Find(name) is { } entry ? [new PathMatch(map, name, entry.Value)] : [];

    private Func<PathMatch, IEnumerable<PathMatch>> Bracket()
    {
        var content = Content();
        if (content.StartsWith('?'))
        {
            var filter = PatchFilter.Parse(content[1..]);
            return match => PatchPath.Children(match.Node).Where(child => filter(child.Node));
        }

        if (content == "*")
        {
            return match => PatchPath.Children(match.Node);
        }

        var steps = content.Split(',').Select(part => Selector(part.Trim())).ToList();
        return match => steps.SelectMany(step => step(match));
    }

    // Up to the bracket that closes it; quotes and regular expressions may have brackets of their own.
    private string Content()
    {
        var start = ++position;
        var filter = position < text.Length && text[position] == '?';
        for (var quote = '\0'; position < text.Length; position++)
        {
            var c = text[position];
            if (quote != '\0')
            {
                quote = c == quote && text[position - 1] != '\\' ? '\0' : quote;
            }
            else if (c is '\'' or '"' || (c == '/' && filter))
            {
                quote = c;
            }
            else if (c == ']' && (!filter || text[position - 1] == ')'))
            {
                return text[start..position++];
            }
        }

        throw new FormatException("a bracket is not closed");
    }

    private static Func<PathMatch, IEnumerable<PathMatch>> Selector(string part)
    {
        if (part.Length > 1 && part[0] is '\'' or '"' && part[^1] == part[0])
        {
            return match => Named(match, part[1..^1]);
        }

        var bounds = part.Split(':');
        var numbers = bounds.Select(bound =>
            bound.Trim().Length == 0 && bounds.Length > 1 ? (int?)null
            : int.TryParse(bound, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException($"\"{part}\" is no index")).ToList();
        return match =>
        {
            if (match.Node is not YamlList { Items: var items } list)
            {
                return [];
            }

            int Place(int index) => index < 0 ? Math.Max(index + items.Count, -1) : index;
            var first = numbers[0] is { } from ? Place(from) : 0;
            var last = numbers.Count == 1 ? first + 1 : numbers[1] is { } to ? Place(to) : items.Count;
            return items.Skip(Math.Max(first, 0)).Take(first < 0 ? 0 : Math.Max(last - first, 0)).Select(item => new PathMatch(list, "", item));
        };
    }
}
