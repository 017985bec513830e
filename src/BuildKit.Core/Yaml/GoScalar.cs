using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Yaml;

/// <summary>
/// What a program in Go makes of a value without quotes: gopkg.in/yaml.v3 reads it into an untyped value (resolve.go), and
/// strconv or fmt print that. DevSpace and Compose both read their files so.
/// </summary>
internal static partial class GoScalar
{
    private const string Digits = "0123456789abcdef";

    /// <summary>The text that the value has when it is printed again.</summary>
    public static string Text(string plain) => plain switch
    {
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => ".inf",
        "-.inf" or "-.Inf" or "-.INF" => "-.inf",
        ".nan" or ".NaN" or ".NAN" => ".nan",
        _ when Time(plain) is { } time => Rfc3339(time),
        _ when Integer(plain) is { } integer => integer.ToString(CultureInfo.InvariantCulture),
        _ when Float(plain) is { } number => Print(number),
        _ => plain,
    };

    /// <summary>The text of the value within a longer text (<c>%v</c>), which differs for times.</summary>
    public static string TextWithin(string plain)
    {
        if (Time(plain) is not { } time)
        {
            return Text(plain);
        }

        var zone = time.Offset == TimeSpan.Zero ? "+0000 UTC" : $"{Offset(time, "")} {Offset(time, "")}";
        return $"{time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)} {zone}";
    }

    /// <summary>Whether the value is a time.</summary>
    public static bool IsTime(string plain) => Time(plain) is not null;

    /// <summary>The value after a detour over JSON, in which every number is a float; a text that is no integer stays.</summary>
    public static string AfterJson(string plain) => Integer(plain) is { } integer ? Print((double)integer) : plain;

    private static decimal? Integer(string plain)
    {
        if (plain.Length == 0 || !(char.IsAsciiDigit(plain[0]) || plain[0] is '-' or '+'))
        {
            return null;
        }

        var text = plain.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var negative = text[0] == '-';
        var digits = text.TrimStart('-', '+') is var unsigned && unsigned.Length + 1 >= text.Length ? unsigned : "";
        var (radix, rest) = digits switch
        {
            ['0', 'x', .. var hex] => (16, hex),
            ['0', 'o', .. var octal] => (8, octal),
            ['0', 'b', .. var binary] => (2, binary),
            ['0', .. { Length: > 0 } octal] => (8, octal),
            _ => (10, digits),
        };
        if (rest.Length is 0 or > 70)
        {
            return null;
        }

        decimal value = 0;
        foreach (var c in rest)
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0 || digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;
            if (value > ulong.MaxValue || (negative && value > 9223372036854775808m))
            {
                return null;
            }
        }

        return negative ? -value : value;
    }

    private static double? Float(string plain)
    {
        var text = plain.Replace("_", "", StringComparison.Ordinal);
        return FloatForm().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : null;
    }

    // strconv's 'g' with the shortest digits that read back as the number: an exponent below 1e-4 and from 1e6 on.
    private static string Print(double number)
    {
        if (number == 0)
        {
            return double.IsNegative(number) ? "-0" : "0";
        }

        var parts = number.ToString("E16", CultureInfo.InvariantCulture).Split('E');
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = ExponentOf(shortest, parts[1]);
        if (exponent is >= -4 and < 6)
        {
            return shortest.Contains('E', StringComparison.Ordinal) ? Plain(shortest) : shortest;
        }

        var digits = DigitsOf(shortest);
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{(number < 0 ? "-" : "")}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static int ExponentOf(string shortest, string rounded) =>
        shortest.Split('E') is [_, var written] ? int.Parse(written, CultureInfo.InvariantCulture) : int.Parse(rounded, CultureInfo.InvariantCulture);

    private static string DigitsOf(string shortest) => shortest.Split('E')[0].Replace("-", "", StringComparison.Ordinal)
        .Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');

    private static string Plain(string shortest) => decimal.Parse(shortest, NumberStyles.Float,
        CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string plain)
    {
        if (TimeForm().Match(plain) is not { Success: true } match)
        {
            return null;
        }

        int Number(string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;
        try
        {
            var zone = match.Groups["offset"].Value is { Length: 6 } offset
                ? (offset[0] == '-' ? -1 : 1) * new TimeSpan(int.Parse(offset[1..3], CultureInfo.InvariantCulture), int.Parse(offset[4..],
                    CultureInfo.InvariantCulture), 0)
                : TimeSpan.Zero;
            var time = new DateTimeOffset(Number("year"), Number("month"), Number("day"), Number("hour"), Number("minute"), Number("second"), zone);
            var fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
            return time.AddTicks(long.Parse(fraction, CultureInfo.InvariantCulture));
        }
        catch (ArgumentException)
        {
            // No such day: then it is a text.
            return null;
        }
    }

    private static string Rfc3339(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + (time.Offset == TimeSpan.Zero ? "Z" : Offset(time, ":"));

    private static string Offset(DateTimeOffset time, string between) =>
        $"{(time.Offset < TimeSpan.Zero ? '-' : '+')}{time.Offset:hh}{between}{time.Offset:mm}";

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex FloatForm();

    // With a zone after a T, without one after a blank.
    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:(?:(?<t>[Tt])| )"
        + @"(?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(?:\.(?<fraction>[0-9]+))?(?(t)(?<offset>Z|[-+][0-9]{2}:[0-9]{2})))?\z")]
    private static partial Regex TimeForm();
}
