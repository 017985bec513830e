using System.Globalization;

namespace BuildKit.Core.Reports;

/// <summary>Numbers as people read them.</summary>
public static class Quantity
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Bytes in steps of 1000, as Docker shows them: <c>58 kB</c>, <c>1.2 MB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 || value >= 9.95 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>Seconds: <c>0.7 s</c>, <c>12 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Seconds(double seconds) =>
        seconds < 9.95 ? seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : seconds < 119.5 ? seconds.ToString("0", CultureInfo.InvariantCulture) + " s"
        : $"{(int)seconds / 60} min {(int)seconds % 60} s";
}
