using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>
/// Fills variables in (https://docs.docker.com/reference/compose-file/interpolation/): <c>$NAME</c>, <c>${NAME}</c>,
/// <c>${NAME:-default}</c>, <c>${NAME-default}</c>, <c>${NAME:?message}</c>, <c>${NAME:+other}</c>, and <c>$$</c>.
/// </summary>
/// <param name="environment">The variables.</param>
internal sealed class ComposeInterpolation(BuildEnvironment environment)
{
    /// <summary>Fills in everything below a value.</summary>
    /// <exception cref="DiagnosticException">BK6121.</exception>
    public YamlNode Fill(YamlNode node)
    {
        switch (node)
        {
            case YamlList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    list.Items[i] = Fill(list.Items[i]);
                }

                return list;
            case YamlMap map:
                map.Entries.ToList().ForEach(entry => map.Set(entry.Key, Fill(entry.Value), entry.Location));
                return map;
            default:
                var scalar = (YamlScalar)node;
                return scalar.Text.Contains('$', StringComparison.Ordinal)
                    ? scalar.With(Fill(scalar.Text, scalar, 0))
                    : scalar;
        }
    }

    private string Fill(string text, YamlScalar whole, int depth)
    {
        if (depth > 20)
        {
            throw Refused(whole, "it is nested too deep");
        }

        var result = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$')
            {
                result.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '$')
            {
                result.Append('$');
                i++;
            }
            else if (i + 1 < text.Length && text[i + 1] == '{')
            {
                var end = Closing(text, i + 1, whole);
                result.Append(Braced(text[(i + 2)..end], whole, depth));
                i = end;
            }
            else
            {
                var name = NameAt(text, i + 1);
                result.Append(name.Length == 0 ? throw Refused(whole, "write $$ for a dollar sign") : environment.GetValueOrDefault(name, ""));
                i += name.Length;
            }
        }

        return result.ToString();
    }

    private string Braced(string inner, YamlScalar whole, int depth)
    {
        var name = NameAt(inner, 0);
        var rest = inner[name.Length..];
        var value = environment.GetValueOrDefault(name);
        if (rest.Length == 0 && name.Length > 0)
        {
            return value ?? "";
        }

        // With a colon an empty value counts as none.
        var strict = rest.StartsWith(':');
        var form = strict ? rest[1..] : rest;
        var isSet = strict ? !string.IsNullOrEmpty(value) : value is not null;
        var other = form.Length > 1 ? form[1..] : "";
        return name.Length == 0 || form.Length == 0 ? throw Refused(whole, "a name is missing or followed by something unknown")
            : form[0] switch
            {
                '-' => isSet ? value! : Fill(other, whole, depth + 1),
                '+' => isSet ? Fill(other, whole, depth + 1) : "",
                '?' => isSet ? value! : throw Refused(whole, other.Length > 0 ? other : $"{name} is not set"),
                _ => throw Refused(whole, $"after {name} there may be -, + or ?"),
            };
    }

    private static int Closing(string text, int open, YamlScalar whole)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        throw Refused(whole, "a brace is not closed");
    }

    private static string NameAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && (text[end] == '_' || char.IsAsciiLetter(text[end]) || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return text[start..end];
    }

    private static DiagnosticException Refused(YamlScalar scalar, string why) =>
        new(DevSpaceDiagnostics.Interpolation.At(scalar.Location, scalar.Text, why));
}
