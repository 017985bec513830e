using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>A condition in a path, <c>(@.name=='api' &amp;&amp; @.port > 80)</c>.</summary>
internal sealed partial class PatchFilter
{
    private const int MostExpressions = 20;

    private readonly List<string> tokens;
    private int position;
    private int depth;
    private int expressions;

    private PatchFilter(string text)
    {
        tokens = [.. Token().Matches(text).Select(match => match.Value.Trim()).Where(token => token.Length > 0)];
        if (string.Concat(tokens).Length != text.Count(c => !char.IsWhiteSpace(c)) && !tokens.Exists(token => token.Any(char.IsWhiteSpace)))
        {
            throw new FormatException($"\"{text}\" is no condition");
        }
    }

    private string Current => position < tokens.Count ? tokens[position] : "";

    /// <summary>Reads a condition.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Func<YamlNode, bool> Parse(string text)
    {
        var filter = new PatchFilter(text);
        var condition = filter.Any();
        return filter.position == filter.tokens.Count ? condition : throw new FormatException($"\"{filter.Current}\" is not expected");
    }

    private Func<YamlNode, bool> Any()
    {
        var left = All();
        while (Current == "||")
        {
            position++;
            var (first, second) = (left, All());
            left = node => first(node) || second(node);
        }

        return left;
    }

    private Func<YamlNode, bool> All()
    {
        var left = One();
        while (Current == "&&")
        {
            position++;
            var (first, second) = (left, One());
            left = node => first(node) && second(node);
        }

        return left;
    }

    private Func<YamlNode, bool> One()
    {
        if (++depth > 50)
        {
            throw new FormatException("the condition is nested too deep");
        }

        try
        {
            if (Current == "!")
            {
                position++;
                var inner = One();
                return node => !inner(node);
            }

            if (Current == "(")
            {
                position++;
                var inner = Any();
                return Take() == ")" ? inner : throw new FormatException("a parenthesis is not closed");
            }

            var left = Operand();
            return Current is "==" or "!=" or "<" or ">" or "<=" or ">=" or "=~" ? Comparison(left, Take()) : node => left(node).Count > 0;
        }
        finally
        {
            depth--;
        }
    }

    private Func<YamlNode, bool> Comparison(Func<YamlNode, IReadOnlyList<string>> left, string comparison)
    {
        if (comparison == "=~")
        {
            var regex = Expression(Take());
            return node => left(node).Any(regex.IsMatch);
        }

        var right = Operand();
        return node => left(node).Any(a => right(node).Any(b => Holds(a, b, comparison)));
    }

    private Regex Expression(string token)
    {
        // Each takes a good part of a megabyte.
        if (++expressions > MostExpressions)
        {
            throw new FormatException($"the condition has more than {MostExpressions} regular expressions");
        }

        if (token.Length < 2 || token[0] != '/')
        {
            throw new FormatException("a regular expression is missing");
        }

        try
        {
            return new Regex(token[1..^1].Replace("\\/", "/", StringComparison.Ordinal), RegexOptions.NonBacktracking);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"{token} is no regular expression that can be used: {failure.Message}", failure);
        }
    }

    private static bool Holds(string a, string b, string comparison)
    {
        var order = double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
            && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            ? x.CompareTo(y) : string.CompareOrdinal(a, b);
        return comparison switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            ">" => order > 0,
            "<=" => order <= 0,
            _ => order >= 0,
        };
    }

    private Func<YamlNode, IReadOnlyList<string>> Operand()
    {
        var token = Take();
        if (token.StartsWith('@'))
        {
            var path = PatchPath.Parse("$" + token[1..]);
            return node => [.. path.Find(node).Select(match => match.Node is YamlScalar scalar ? scalar.Value : match.Node.Kind)];
        }

        var text = token.Length > 1 && token[0] is '\'' or '"' ? token[1..^1] : token;
        return token.Length > 0 && (token[0] is '\'' or '"' or '-' || char.IsAsciiLetterOrDigit(token[0]))
            ? _ => [text]
            : throw new FormatException($"\"{token}\" is no value");
    }

    private string Take() => position < tokens.Count ? tokens[position++] : "";

    [GeneratedRegex(@"'[^']*'|""[^""]*""|/(?:[^/\\]|\\.)*/|@(?:[.\w-]|\[[^\]]*\])*|&&|\|\||[=!<>]=|=~|[-\w.]+|[()!<>]|\s+")]
    private static partial Regex Token();
}
