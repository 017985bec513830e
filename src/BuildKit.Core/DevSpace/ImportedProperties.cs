using System.Xml.Linq;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DevSpace;

/// <summary>The properties of an imported file that stand for values from outside.</summary>
/// <param name="sink">Gets BK6125.</param>
internal sealed class ImportedProperties(IDiagnosticSink sink)
{
    private readonly Dictionary<string, List<string>> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string, SourceLocation)> reported = [];

    /// <summary>The properties, each of which a command line may set.</summary>
    public IEnumerable<XElement> Elements => values.SelectMany(pair => pair.Value.Select(value =>
        new XElement(pair.Key, new XAttribute("Condition", $"'$({pair.Key})' == ''"), value)));

    /// <summary>What a variable is called in messages.</summary>
    public static string NameOf(VariableOrigin origin) => origin.Name.Length == 0 ? "The output of a command" : $"The value of {origin.Name}";

    /// <summary>The text that stands for a value.</summary>
    /// <param name="origin">Where the value comes from.</param>
    /// <param name="value">The value now.</param>
    /// <param name="at">Where it is used.</param>
    public string Reference(VariableOrigin origin, string value, SourceLocation at)
    {
        switch (origin)
        {
            case { Name: "DEVSPACE_RANDOM" or "devspace.random" }:
                return MSBuildText.RandomCharacters(6);
            case { Name: "DEVSPACE_TIMESTAMP" or "devspace.timestamp" }:
                return MSBuildText.Timestamp;
            case { Name: "" }:
                Warn(at, NameOf(origin), "is what the command printed", $"\"{value}\" is written as it is now; correct it when it changes");
                return MSBuildText.Escape(value);
        }

        var property = "DevSpace_" + string.Concat(origin.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        var environment = $"$([System.Environment]::GetEnvironmentVariable('{origin.Name}'))";
        switch (origin.Kind)
        {
            case OriginKind.Project:
                Define(property, MSBuildText.Escape(value));
                break;
            case OriginKind.Outside:
                Define(property, [environment, .. origin.Default is { Length: > 0 } written ? [MSBuildText.Escape(written)] : Array.Empty<string>()]);
                Warn(at, NameOf(origin), "came from the environment, an environment file or the command line",
                    $"it is not written: $({property}) takes it from the environment variable {origin.Name} or from -p:{property}=...");
                break;
            case OriginKind.Command:
                // A command wins over the environment.
                Define(property, MSBuildText.Escape(value));
                Warn(at, NameOf(origin), "is what a command printed", $"$({property}) has what it is now; give it with -p:{property}=...");
                break;
            default:
                Define(property, environment, MSBuildText.Escape(value));
                Warn(at, NameOf(origin), "is another one with each commit",
                    $"$({property}) has what it is now; give it with the environment variable {origin.Name} or with -p:{property}=...");
                break;
        }

        return $"$({property})";
    }

    private void Define(string property, params string[] written)
    {
        if (!values.ContainsKey(property))
        {
            values[property] = [.. written];
        }
    }

    private void Warn(SourceLocation at, string what, string how, string then)
    {
        if (reported.Add((what, at)))
        {
            sink.Report(DevSpaceDiagnostics.ImportedValue.At(at, what, how, then));
        }
    }
}
