using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildKit.Core.Drivers;

/// <summary>Form of a driver option's value.</summary>
internal enum DriverOptionForm
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>A whole number, 0 or more.</summary>
    Count,

    /// <summary>An amount of memory or CPU: a number with an optional unit, such as <c>2g</c>, <c>512Mi</c>, <c>500m</c>.</summary>
    Quantity,

    /// <summary>A time, such as <c>2m30s</c>.</summary>
    Duration,

    /// <summary>A path of a file; relative ones start at the project's folder, because buildx takes absolute ones only.</summary>
    File,
}

/// <summary>
/// An option of a driver. The names are buildx's (<c>driver/*/factory.go</c>,
/// https://docs.docker.com/build/builders/drivers/); the metadata of a <c>BuildKitNode</c> item has them without dots
/// and hyphens, so <c>requests.cpu</c> is <c>RequestsCpu</c>.
/// </summary>
/// <param name="Name">Name for <c>--driver-opt</c>.</param>
/// <param name="Form">What a value looks like.</param>
internal sealed partial record DriverOption(string Name, DriverOptionForm Form)
{
    /// <summary>Name of the metadata; the case of letters does not count.</summary>
    public string Metadata => Name.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);

    /// <summary>What a value must be, for messages.</summary>
    public string Accepted => Form switch
    {
        DriverOptionForm.Switch => "true or false",
        DriverOptionForm.Count => "a whole number",
        DriverOptionForm.Quantity => "a number with a unit, such as 2g, 512Mi or 500m",
        DriverOptionForm.Duration => "a time, such as 2m30s",
        DriverOptionForm.File => "a path",
        _ => "a text",
    };

    /// <summary>Whether a value has the form.</summary>
    public bool Accepts(string value) => Form switch
    {
        DriverOptionForm.Switch => value is "true" or "false",
        DriverOptionForm.Count => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        // Docker takes -1 for swap without a limit.
        DriverOptionForm.Quantity => value == "-1" || QuantityForm().IsMatch(value),
        DriverOptionForm.Duration => DurationForm().IsMatch(value),
        _ => value.Length > 0,
    };

    [GeneratedRegex(@"^\d+(\.\d+)?([kKmMgGtTpPeE][iI]?[bB]?|m|[bB])?$")]
    private static partial Regex QuantityForm();

    [GeneratedRegex(@"^(\d+(\.\d+)?(ms|h|m|s))+$")]
    private static partial Regex DurationForm();
}
