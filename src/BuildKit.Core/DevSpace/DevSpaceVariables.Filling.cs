using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Fills <c>${NAME}</c>, <c>$!{NAME}</c> and <c>$(command)</c> in.</summary>
internal sealed partial class DevSpaceVariables
{
    // Variables may double each other; no value in such a file is as long as this.
    private const int MostCharacters = 100_000;

    private readonly List<FilledText> filled = [];

    /// <summary>Variables without a value that were found so far.</summary>
    public MissingVariables Missing { get; } = new();

    /// <summary>The texts that something was filled into.</summary>
    public IReadOnlyList<FilledText> Filled => filled;

    /// <summary>
    /// Fills in everything below a value. What uses a variable without a value stays as it is, and is in <see cref="Missing"/>.
    /// </summary>
    /// <param name="node">The value, which is changed.</param>
    /// <param name="path">Keys that lead to it.</param>
    /// <returns>The value, or another one in its place.</returns>
    /// <exception cref="DiagnosticException">BK6102, BK6107, BK6109, BK6110.</exception>
    public YamlNode Fill(YamlNode node, string path)
    {
        switch (node)
        {
            case YamlList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    list.Items[i] = Fill(list.Items[i], path);
                }

                return list;
            case YamlMap map:
                foreach (var entry in map.Entries.ToList())
                {
                    map.Set(entry.Key, Fill(entry.Value, $"{path}.{entry.Key}"), entry.Location);
                }

                return map;
            default:
                return FillText((YamlScalar)node, path);
        }
    }

    /// <summary>Throws the error about the variables without a value, if there are any.</summary>
    /// <exception cref="DiagnosticException">BK6108.</exception>
    public void RefuseMissing()
    {
        if (Missing.ToDiagnostic() is { } diagnostic)
        {
            throw new DiagnosticException(diagnostic);
        }
    }

    private YamlNode FillText(YamlScalar scalar, string path)
    {
        try
        {
            var value = Replace(scalar);
            if (value.Node is YamlScalar text && Command().IsMatch(text.Text))
            {
                value = Expression(text);
            }

            // DevSpace fills in variables again after the expressions: what was $${NAME} is the variable now, if there is one.
            value = Again(value);
            if (value.Parts.Any(part => part.Origin is { Kind: not OriginKind.File }))
            {
                filled.Add(new FilledText(path, scalar.Location, value.Parts));
            }

            return value.Node;
        }
        catch (MissingVariableException missing)
        {
            Missing.Add(missing);
            return scalar;
        }
    }

    // The parts of a text; a text that is one variable becomes the variable's value, whatever that is.
    private VariableValue Replace(YamlScalar scalar)
    {
        var matches = Variable().Matches(scalar.Text);
        if (matches.Count == 0)
        {
            return VariableValue.Of(scalar, null);
        }

        if (matches.Count == 1 && matches[0].Length == scalar.Text.Length && scalar.Text[1] == '{')
        {
            var whole = Resolve(scalar.Text[2..^1], scalar.Location);
            return whole with { Node = whole.Node is YamlScalar one ? new YamlScalar(scalar.Location, one.Text, one.IsPlain) : whole.Node.Clone() };
        }

        return VariableValue.Of(scalar.Location, Parts(scalar.Text, scalar.Location, matches));
    }

    private VariableValue Again(VariableValue value)
    {
        if (value.Node is not YamlScalar scalar || Variable().Matches(scalar.Text) is not { Count: > 0 })
        {
            return value;
        }

        var parts = value.Parts.SelectMany(part => part.Text.Length == 0 ? [] : Parts(part.Text, scalar.Location, Variable().Matches(part.Text),
            part.Origin, isAgain: true));
        return VariableValue.Of(scalar.Location, [.. parts]);
    }

    private List<TextPart> Parts(string text, SourceLocation at, MatchCollection matches, VariableOrigin? origin = null, bool isAgain = false)
    {
        var parts = new List<TextPart>();
        var end = 0;
        foreach (Match match in matches)
        {
            parts.Add(new TextPart(text[end..match.Index], origin));
            end = match.Index + match.Length;
            if (match.Value[1] == '$')
            {
                parts.Add(new TextPart(match.Value[1..], origin));
                continue;
            }

            var name = match.Value[(match.Value[1] == '!' ? 3 : 2)..^1];
            try
            {
                var value = Resolve(name, at);
                parts.AddRange(value.Node is YamlScalar ? value.PartsWithin
                    : throw new MissingVariableException(name, at, $"it is {value.Node.Kind}, which cannot be a part of a text"));
            }
            catch (MissingVariableException) when (isAgain)
            {
                // It was written with two dollar signs, or came from a value: such a text stays.
                parts.Add(new TextPart(match.Value, origin));
            }
        }

        parts.Add(new TextPart(text[end..], origin));
        parts.RemoveAll(part => part.Text.Length == 0);
        return parts.Sum(part => (long)part.Text.Length) <= MostCharacters ? parts
            : throw new DiagnosticException(DevSpaceDiagnostics.InvalidYaml.At(
                at, $"variables make a text of more than {MostCharacters} characters"));
    }

    private VariableValue Expression(YamlScalar scalar)
    {
        var match = Command().Match(scalar.Text);
        return scalar.Text[1] == '$'
            ? VariableValue.Of(new YamlScalar(scalar.Location, scalar.Text[1..]), null)
            : VariableValue.Of(
                VariableCommand.Result(Output("The value", (match.Groups[1].Value, null), scalar.Location, isCondition: true), scalar, sink),
                new VariableOrigin("", OriginKind.Command));
    }

    private YamlScalar Output(string what, (string Line, IReadOnlyList<string>? Arguments) command, SourceLocation at, bool isCondition = false)
    {
        if (!options.AllowCommands)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.CommandNotAllowed.At(at, what, command.Line.Trim()));
        }

        string Whole(string text) => Replace(new YamlScalar(at, text)).Node is YamlScalar whole ? whole.Value : text;
        var (line, arguments) = (Whole(command.Line), command.Arguments?.Select(Whole).ToList());
        var environment = options.Environment.With(known.ToDictionary(
            variable => variable.Key, string? (variable) => (variable.Value.Node as YamlScalar)?.ValueWithin ?? "", StringComparer.Ordinal));
        return VariableCommand.Run(line, arguments, folder, environment, at, isCondition, options.Cancellation);
    }

    [GeneratedRegex(@"\$+!?\{[a-zA-Z0-9\-_.]+\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\$\$?#?!?\((.+)\)\z", RegexOptions.Singleline)]
    private static partial Regex Command();
}
