using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Fills <c>${NAME}</c>, <c>$!{NAME}</c> and <c>$(command)</c> in (https://www.devspace.sh/docs/configuration/variables).
/// Values come from the project, from the file's definitions, from the environment, and from DevSpace's own variables.
/// </summary>
/// <param name="folder">Full path of the folder of the main file.</param>
/// <param name="projectName">Name of the DevSpace project.</param>
/// <param name="options">What the project says.</param>
/// <param name="sink">Where warnings go.</param>
public sealed partial class DevSpaceVariables(string folder, string projectName, DevSpaceOptions options, IDiagnosticSink sink)
{
    private readonly Dictionary<string, YamlNode> known = options.Variables.ToDictionary(
        pair => pair.Key, YamlNode (pair) => Typed(pair.Value, new SourceLocation(folder)), StringComparer.Ordinal);

    private readonly List<string> resolving = [];
    private Dictionary<string, YamlNode> definitions = new(StringComparer.Ordinal);

    /// <summary>Takes the definitions of a <c>vars</c> section: a map, or a list as v1 has it.</summary>
    public void Define(YamlNode? vars)
    {
        definitions = new(StringComparer.Ordinal);
        foreach (var entry in (vars as YamlMap)?.Entries ?? [])
        {
            definitions[entry.Key] = entry.Value;
        }

        foreach (var item in (vars as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            if (item["name"] is YamlScalar { IsNull: false } name)
            {
                definitions[name.Value.Trim()] = item;
            }
        }
    }

    /// <summary>Fills in everything below a value.</summary>
    /// <returns>The value, or another one in its place.</returns>
    /// <exception cref="DiagnosticException">BK6107 to BK6110.</exception>
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
                foreach (var entry in map.Entries.ToList())
                {
                    map.Set(entry.Key, Fill(entry.Value), entry.Location);
                }

                return map;
            default:
                return Expression(Replace((YamlScalar)node));
        }
    }

    /// <summary>The value of a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="at">Where it is used.</param>
    public YamlNode Resolve(string name, SourceLocation at)
    {
        if (known.TryGetValue(name, out var value))
        {
            return value;
        }

        if (resolving.Contains(name) || resolving.Count > 50)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.Cycle.At(at, "variables", string.Join(" -> ", [.. resolving.SkipWhile(earlier => earlier != name), name])));
        }

        resolving.Add(name);
        value = Find(name, at);
        resolving.RemoveAt(resolving.Count - 1);
        return known[name] = value;
    }

    private YamlNode Find(string name, SourceLocation at)
    {
        if (name.StartsWith("runtime.", StringComparison.Ordinal))
        {
            throw Unresolved(name, at, "runtime variables exist only while DevSpace deploys, and DevSpace refuses them here too");
        }

        if (PredefinedVariables.Find(name, folder, projectName, options) is { } predefined)
        {
            return predefined.Length > 0 || !PredefinedVariables.NeedsRepository(name)
                ? new YamlScalar(at, predefined)
                : throw Unresolved(name, at, "the folder is in no git repository with a commit");
        }

        if (definitions.TryGetValue(name, out var definition))
        {
            return Defined(name, definition, at);
        }

        return options.Environment.GetValueOrDefault(name) is { Length: > 0 } inherited
            ? new YamlScalar(at, inherited)
            : throw Unresolved(name, at, "it is not defined under vars, and there is no environment variable of that name");
    }

    private YamlNode Defined(string name, YamlNode definition, SourceLocation at)
    {
        if (definition is YamlScalar scalar)
        {
            return scalar.Text.StartsWith("$(", StringComparison.Ordinal) && scalar.Text.EndsWith(')')
                ? Output($"The variable {name}", (scalar.Text[2..^1], null), scalar.Location)
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
            throw Unresolved(name, map.Location, "its definition has both value and default");
        }

        if (map["value"] is { } value)
        {
            return Default(value);
        }

        var inherited = source is "input" or "none" ? "" : options.Environment.GetValueOrDefault(name, "");
        if (source is not ("env" or "none") && VariableCommand.Find(fields) is { } command)
        {
            return Output($"The variable {name}", command, map.Location);
        }

        return inherited.Length > 0 ? Typed(inherited, at)
            : map["default"] is { } fallback ? Default(fallback)
            : throw Unresolved(name, at, source == "env" ? "its source is the environment, where it is not set" : "DevSpace would ask for it");
    }

    private YamlNode Default(YamlNode node) => node is YamlScalar scalar ? Replace(scalar) : node;

    // The parts of a text; a text that is one variable becomes the variable's value, whatever that is.
    private YamlNode Replace(YamlScalar scalar)
    {
        var matches = Variable().Matches(scalar.Text);
        if (matches.Count == 0)
        {
            return scalar;
        }

        if (matches.Count == 1 && matches[0].Length == scalar.Text.Length && scalar.Text[1] == '{')
        {
            var whole = Resolve(scalar.Text[2..^1], scalar.Location);
            return whole is YamlScalar one ? new YamlScalar(scalar.Location, one.Text, one.IsPlain) : whole.Clone();
        }

        return new YamlScalar(scalar.Location, Variable().Replace(scalar.Text, match =>
        {
            var text = match.Value;
            if (text[1] == '$')
            {
                return text[1..];
            }

            var name = text[(text[1] == '!' ? 3 : 2)..^1];
            var value = Resolve(name, scalar.Location);
            return value is YamlScalar part
                ? part.IsNull ? "<nil>" : part.Value
                : throw Unresolved(name, scalar.Location, $"it is {value.Kind}, which cannot be a part of a text");
        }));
    }

    private YamlNode Expression(YamlNode node)
    {
        if (node is not YamlScalar scalar || Command().Match(scalar.Text) is not { Success: true } match)
        {
            return node;
        }

        return scalar.Text[1] == '$' ? new YamlScalar(scalar.Location, scalar.Text[1..])
            : VariableCommand.Result(Output("The value", (match.Groups[1].Value, null), scalar.Location, isCondition: true), scalar, sink);
    }

    private YamlScalar Output(string what, (string Line, IReadOnlyList<string>? Arguments) command, SourceLocation at, bool isCondition = false)
    {
        if (!options.AllowCommands)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.CommandNotAllowed.At(at, what, command.Line.Trim()));
        }

        var line = Replace(new YamlScalar(at, command.Line)) is YamlScalar filled ? filled.Value : command.Line;
        var arguments = command.Arguments?.Select(argument => Replace(new YamlScalar(at, argument)) is YamlScalar text ? text.Value : argument).ToList();
        var environment = options.Environment.With(known.ToDictionary(
            variable => variable.Key, string? (variable) => (variable.Value as YamlScalar)?.Value ?? "", StringComparer.Ordinal));
        return VariableCommand.Run(line, arguments, folder, environment, at, isCondition, options.Cancellation);
    }

    private static DiagnosticException Unresolved(string name, SourceLocation at, string why) =>
        new(DevSpaceDiagnostics.UnresolvedVariable.At(at, name, why));

    // Numbers and booleans from outside are such.
    private static YamlScalar Typed(string text, SourceLocation at) =>
        new(at, text, bool.TryParse(text, out _) || Digits().IsMatch(text));

    [GeneratedRegex(@"\$+!?\{[a-zA-Z0-9\-_.]+\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\$\$?#?!?\((.+)\)\z", RegexOptions.Singleline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]{0,17})\z")]
    private static partial Regex Digits();
}
