using System.Globalization;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// The variables of a file (https://www.devspace.sh/docs/configuration/variables). Values come from the project, from the
/// file's definitions, from the environment, and from DevSpace's own variables.
/// </summary>
/// <param name="folder">Full path of the folder of the main file.</param>
/// <param name="projectName">Name of the DevSpace project.</param>
/// <param name="options">What the project says.</param>
/// <param name="sink">Where warnings go.</param>
internal sealed partial class DevSpaceVariables(string folder, string projectName, DevSpaceOptions options, IDiagnosticSink sink)
{
    private readonly Dictionary<string, VariableValue> known = options.Variables.ToDictionary(
        pair => pair.Key,
        pair => VariableValue.Of(GoValue(pair.Value, new SourceLocation(folder)), new VariableOrigin(
            pair.Key, options.OutsideVariables.Contains(pair.Key) ? OriginKind.Outside : OriginKind.Project)),
        StringComparer.Ordinal);

    private readonly List<string> resolving = [];
    private Dictionary<string, YamlNode> definitions = new(StringComparer.Ordinal);

    /// <summary>Takes the definitions of a <c>vars</c> section: a map, or a list as v1 has it.</summary>
    public void Define(YamlNode? vars)
    {
        definitions = new(StringComparer.Ordinal);
        foreach (var entry in (vars as YamlMap)?.Entries ?? [])
        {
            // A definition that is a map goes over JSON in DevSpace, which has floats only (Variable.UnmarshalYAML).
            definitions[entry.Key] = entry.Value is YamlMap map ? YamlWalk.Scalars(map, scalar => scalar.AfterJson()) : entry.Value;
        }

        foreach (var item in (vars as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            if (item["name"] is YamlScalar { IsNull: false } name)
            {
                definitions[name.Value.Trim()] = item;
            }
        }
    }

    /// <summary>The value of a variable as a text; one that has none stays as DevSpace leaves it, <c>${NAME}</c>.</summary>
    public string TextOf(string name, SourceLocation at)
    {
        try
        {
            return Resolve(name, at).Node is YamlScalar value ? value.ValueWithin : "";
        }
        catch (MissingVariableException)
        {
            return $"${{{name}}}";
        }
    }

    /// <summary>The variables that have a value, for a dependency that gets all of them.</summary>
    public IEnumerable<KeyValuePair<string, string>> All()
    {
        foreach (var name in definitions.Keys.Concat(known.Keys).Distinct().ToList())
        {
            string? value = null;
            try
            {
                value = (Resolve(name, new SourceLocation(folder)).Node as YamlScalar)?.ValueWithin;
            }
            catch (Exception failure) when (failure is MissingVariableException or DiagnosticException)
            {
                // It is reported where it is used.
            }

            if (value is not null && PredefinedVariables.Find(name, folder, projectName, options) is null)
            {
                yield return new(name, value);
            }
        }
    }

    /// <summary>The value of a variable.</summary>
    /// <exception cref="MissingVariableException">It has none.</exception>
    /// <exception cref="DiagnosticException">BK6107 to BK6110.</exception>
    private VariableValue Resolve(string name, SourceLocation at)
    {
        if (known.TryGetValue(name, out var value))
        {
            return value;
        }

        if (resolving.Contains(name) || resolving.Count > 50)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(
                at, "variables", string.Join(" -> ", [.. resolving.SkipWhile(earlier => earlier != name), name])));
        }

        resolving.Add(name);
        try
        {
            return known[name] = Find(name, at);
        }
        finally
        {
            resolving.RemoveAt(resolving.Count - 1);
        }
    }

    private VariableValue Find(string name, SourceLocation at)
    {
        if (name.StartsWith("runtime.", StringComparison.Ordinal))
        {
            throw new MissingVariableException(name, at, "runtime variables exist only while DevSpace deploys, and DevSpace refuses them here too");
        }

        if (PredefinedVariables.Find(name, folder, projectName, options) is { } predefined)
        {
            return predefined.Length > 0 || !PredefinedVariables.NeedsRepository(name)
                ? VariableValue.Of(new YamlScalar(at, predefined), new VariableOrigin(name, PredefinedVariables.OriginOf(name)))
                : throw new MissingVariableException(name, at, "the folder is in no git repository with a commit");
        }

        if (definitions.TryGetValue(name, out var definition))
        {
            return Defined(name, definition, at);
        }

        // Without a definition the text stays a text, also of a number.
        return options.Environment.GetValueOrDefault(name) is { Length: > 0 } inherited
            ? VariableValue.Of(new YamlScalar(at, inherited), new VariableOrigin(name, OriginKind.Outside))
            : throw new MissingVariableException(name, at, "it is not defined under vars, and there is no environment variable of that name");
    }

    private VariableValue Defined(string name, YamlNode definition, SourceLocation at)
    {
        if (definition is YamlScalar scalar)
        {
            return scalar.Text.StartsWith("$(", StringComparison.Ordinal) && scalar.Text.EndsWith(')')
                ? OfCommand(name, (scalar.Text[2..^1], null), scalar.Location, null)
                : Replace(new YamlScalar(scalar.Location, scalar.Value));
        }

        if (definition is not YamlMap map)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.WrongKind.At(definition.Location, $"vars.{name}", "a text or a map", definition.Kind));
        }

        var fields = new YamlFields(map, $"vars.{name}", sink);
        fields.RefuseOthers(DevSpaceSchema.Variable);
        var source = fields.Text("source");
        if (map.Contains("value") && map.Contains("default"))
        {
            throw new MissingVariableException(name, map.Location, "its definition has both value and default");
        }

        if (map["value"] is { } value)
        {
            return Literal(value);
        }

        if (source is not ("env" or "none") && VariableCommand.Find(fields) is { } command)
        {
            return OfCommand(name, command, map.Location, map["default"]);
        }

        var fallback = map["default"];
        if (source is not ("input" or "none" or "command") && options.Environment.GetValueOrDefault(name) is { Length: > 0 } inherited)
        {
            var origin = new VariableOrigin(name, OriginKind.Outside, fields.Switch("password") == true, (fallback as YamlScalar)?.Value);
            return VariableValue.Of(source == "env" ? GoValue(inherited, at) : LikeDefault(name, inherited, fallback as YamlScalar, at), origin);
        }

        return fallback is not null ? Literal(fallback)
            : throw new MissingVariableException(name, at, source == "env" ? "its source is the environment, where it is not set"
                : "DevSpace would ask for it");
    }

    private VariableValue OfCommand(string name, (string Line, IReadOnlyList<string>? Arguments) command, SourceLocation at, YamlNode? fallback)
    {
        var output = Output($"The variable {name}", command, at);
        return output.Text.Length == 0 && fallback is not null
            ? Literal(fallback)
            : VariableValue.Of(GoValue(output.Text, at), new VariableOrigin(name, OriginKind.Command));
    }

    private VariableValue Literal(YamlNode node) => node is YamlScalar scalar ? Replace(scalar) : VariableValue.Of(node, null);

    // valueByType of DevSpace: a value from the environment has the type that the default has.
    private static YamlScalar LikeDefault(string name, string text, YamlScalar? fallback, SourceLocation at)
    {
        var typed = GoValue(text, at);
        if (fallback is null or { IsNull: true })
        {
            return typed;
        }

        var (isBoolean, isInteger) = (fallback.IsPlain && fallback.Value is "true" or "false", fallback.IsPlain && Integer().IsMatch(fallback.Value));
        return (isBoolean && !(typed.IsPlain && typed.Value is "true" or "false")) || (isInteger && !Integer().IsMatch(typed.Value))
            ? throw new MissingVariableException(name, at,
                $"the environment has \"{text}\", and its default is a {(isBoolean ? "boolean" : "number")}")
            : isBoolean || isInteger ? typed
            : new YamlScalar(at, text);
    }

    // convertStringValue of DevSpace: numbers and booleans from outside are such.
    private static YamlScalar GoValue(string text, SourceLocation at) =>
        Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new YamlScalar(at, number.ToString(CultureInfo.InvariantCulture), isPlain: true)
            : text is "t" or "T" or "true" or "True" or "TRUE" ? new YamlScalar(at, "true", isPlain: true)
            : text is "f" or "F" or "false" or "False" or "FALSE" ? new YamlScalar(at, "false", isPlain: true)
            : new YamlScalar(at, text);

    [GeneratedRegex(@"^[-+]?[0-9]+\z")]
    private static partial Regex Integer();
}
