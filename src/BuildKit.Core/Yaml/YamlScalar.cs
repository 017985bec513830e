using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Yaml;

/// <summary>A text, number, boolean or null (types of https://yaml.org/spec/1.2.2/#103-core-schema).</summary>
/// <param name="location">Where it is written.</param>
/// <param name="text">The text as written, without quotes.</param>
/// <param name="isPlain">Whether it is written without quotes, so that it may be a number, a boolean or null.</param>
public sealed partial class YamlScalar(SourceLocation location, string text, bool isPlain = false) : YamlNode(location)
{
    /// <summary>The text as written.</summary>
    public string Text => text;

    /// <summary>Whether it is written without quotes.</summary>
    public bool IsPlain => isPlain;

    /// <summary>Whether it is null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => isPlain && text is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>Its boolean value; null when it is none. Quoted ones count, as DevSpace and Compose read them.</summary>
    public bool? AsBoolean => text.ToLowerInvariant() switch { "true" => true, "false" => false, _ => null };

    /// <inheritdoc/>
    public override string Kind => IsNull ? "null" : "a text";

    /// <summary>
    /// The text that a program in Go makes of it (gopkg.in/yaml.v3 read into an untyped value and printed again): an
    /// unquoted number is read as a number first, so that 1.10 is 1.1 and 010 is 8.
    /// </summary>
    public string Value
    {
        get
        {
            if (!isPlain || text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.'))
            {
                return text;
            }

            var plain = text.Replace("_", "", StringComparison.Ordinal);
            return Integer(plain) is { } integer ? integer.ToString(CultureInfo.InvariantCulture)
                : FloatForm().IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Print(number)
                : text;
        }
    }

    /// <inheritdoc/>
    public override YamlNode Clone() => this;

    private static long? Integer(string plain)
    {
        var negative = plain[0] == '-';
        var digits = plain[0] is '-' or '+' ? plain[1..] : plain;
        var (radix, rest) = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => (16, hex),
            ['0', 'o' or 'O', .. var octal] => (8, octal),
            ['0', 'b' or 'B', .. var binary] => (2, binary),
            ['0', .. { Length: > 0 } octal] when octal.All(c => c is >= '0' and <= '7') => (8, octal),
            _ => (10, digits),
        };
        if (rest.Length is 0 or > 18 || !rest.All(char.IsAsciiHexDigit) || (radix == 10 && !rest.All(char.IsAsciiDigit)))
        {
            return null;
        }

        long value = 0;
        foreach (var c in rest)
        {
            var digit = Convert.ToInt32(c.ToString(), 16);
            if (digit >= radix || value > (long.MaxValue - digit) / radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        return negative ? -value : value;
    }

    // Go's shortest form: an exponent below 1e-4 and from 1e21 on, as its JSON and YAML printers agree for what occurs here.
    private static string Print(double number)
    {
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal) && Math.Abs(number) is >= 1e-4 and < 1e21
            ? ((decimal)number).ToString(CultureInfo.InvariantCulture)
            : shortest.Replace('E', 'e');
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex FloatForm();
}
