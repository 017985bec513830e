using System.Globalization;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>Commands whose output is a value: of a variable, or of an expression <c>$(...)</c>.</summary>
internal static class VariableCommand
{
    /// <summary>The command of a variable's definition for this system.</summary>
    /// <returns>A line of shell, or a program and its arguments; null when the definition has none.</returns>
    public static (string Line, IReadOnlyList<string>? Arguments)? Find(YamlFields definition)
    {
        foreach (var item in definition.List("commands")?.Items.OfType<YamlMap>() ?? [])
        {
            var system = (item["os"] as YamlScalar)?.Value ?? "";
            if (item["command"] is YamlScalar command && (system.Length == 0 || system.Split(',').Any(name => IsThis(name.Trim()))))
            {
                return (command.Text, Arguments(item["args"] as YamlList));
            }
        }

        var line = definition.Text("command");
        return line.Length == 0 ? null : (line, Arguments(definition.List("args")));
    }

    /// <summary>Runs a command.</summary>
    /// <returns>What it printed, without blanks around it; a condition that ends with 1 and no text is <c>false</c>.</returns>
    public static YamlScalar Run(
        string line, IReadOnlyList<string>? arguments, string folder, BuildEnvironment environment,
        SourceLocation at, bool isCondition, CancellationToken cancellation)
    {
        var shell = new ShellCommand(folder, environment);
        var result = arguments is null ? shell.Run(line, cancellation) : shell.Run(line, arguments, cancellation);
        var output = result.Output.Trim();
        if (result.ExitCode == 0)
        {
            return new YamlScalar(at, isCondition && output.Length == 0 ? "true" : output);
        }

        return isCondition && result.ExitCode == 1 && output.Length == 0 && result.Error.Trim().Length == 0
            ? new YamlScalar(at, "false")
            : throw new DiagnosticException(DevSpaceDiagnostics.CommandFailed.At(at, line.Trim(),
                result.Error.Trim().Length > 0 ? result.Error.Trim() : $"exit code {result.ExitCode}"));
    }

    /// <summary>The value that an expression has: <c>$!(...)</c> is a text, any other a boolean, number, map or list if it can be.</summary>
    public static YamlNode Result(YamlScalar output, YamlScalar expression, IDiagnosticSink sink)
    {
        if (expression.Text.StartsWith("$!", StringComparison.Ordinal) || expression.Text.StartsWith("$#!", StringComparison.Ordinal))
        {
            return output;
        }

        if (output.AsBoolean is not null || long.TryParse(output.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            || output.Text is "null" or "undefined")
        {
            return new YamlScalar(expression.Location, output.Text == "undefined" ? "null" : output.Text, isPlain: true);
        }

        try
        {
            return YamlReader.Read(output.Text, expression.Location.File) is YamlMap or YamlList
                ? YamlReader.Read(output.Text, expression.Location.File)!
                : output;
        }
        catch (DiagnosticException)
        {
            sink.Message(MessageLevel.Detail, $"The output of {expression.Text} is a text.");
            return output;
        }
    }

    private static IReadOnlyList<string>? Arguments(YamlList? list) =>
        list is null ? null : [.. list.Items.OfType<YamlScalar>().Select(item => item.Value)];

    private static bool IsThis(string system) => system switch
    {
        "linux" => OperatingSystem.IsLinux(),
        "darwin" or "macos" => OperatingSystem.IsMacOS(),
        "windows" => OperatingSystem.IsWindows(),
        _ => false,
    };
}
