using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Reports;

/// <summary>
/// The commands that a CI system reads from its log. They are written as messages like any other, so that MSBuild's loggers
/// stay the only ones that write; each is one message, so that images that are built at once do not mix. GitLab's sections are
/// not among them: they need a carriage return, which MSBuild makes a new line.
/// </summary>
public abstract class CiLog
{
    /// <summary>The CI system that runs this build; null when none of those is recognised that have such commands.</summary>
    /// <param name="environment">The environment of the build.</param>
    public static CiLog? Of(BuildEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.IsTrue("GITHUB_ACTIONS") ? new GitHubLog()
            : environment.IsTrue("TF_BUILD") ? new AzureLog()
            : environment.GetValueOrDefault("TEAMCITY_VERSION", "").Length > 0 ? new TeamCityLog()
            : null;
    }

    /// <summary>A title with lines that are folded under it; null when the system has no such thing.</summary>
    /// <param name="title">The title.</param>
    /// <param name="lines">The lines.</param>
    public virtual string? Group(string title, IReadOnlyList<string> lines) => null;

    /// <summary>Marks an error; null when the system has no such mark, or something else sets it already.</summary>
    public virtual string? ErrorMark(Diagnostic diagnostic) => null;

    /// <summary>A figure for the system's charts; null when it has none.</summary>
    public virtual string? Figure(string name, string value) => null;

    /// <summary>A text that a step wrote, without what this system would take for a command.</summary>
    public virtual string Harmless(string text) => text;

    /// <summary>Lines with a mark before each, which also keeps commands that a step printed from being one.</summary>
    protected string Marked(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => "  | " + Harmless(line)));
}

/// <summary>https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands. Gitea and Forgejo take the same.</summary>
internal sealed partial class GitHubLog : CiLog
{
    public override string Group(string title, IReadOnlyList<string> lines) => $"::group::{Data(title)}\n{Marked(lines)}\n::endgroup::";

    // An error with a line becomes an annotation by the problem matcher of actions/setup-dotnet, which knows no other form.
    public override string? ErrorMark(Diagnostic diagnostic) => diagnostic.Location is { Line: > 0 } ? null
        : $"::error {(diagnostic.Location is { } at ? $"file={Property(at.File)}," : "")}title={diagnostic.Code}::{Data(diagnostic.Message)}";

    // The runner takes "::name::" at the beginning of a line, spaces before it or not, and its older form "##[name]" anywhere.
    public override string Harmless(string text) =>
        Command().Replace(text.Replace("##[", "## [", StringComparison.Ordinal), ": :");

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=^[^\S\n]*)::", RegexOptions.Multiline)]
    private static partial Regex Command();
}

/// <summary>
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. A command counts wherever it stands in a line.
/// No groups: they count at the beginning of a line only, and MSBuild indents.
/// </summary>
internal sealed class AzureLog : CiLog
{
    public override string ErrorMark(Diagnostic diagnostic)
    {
        var place = diagnostic.Location is not { } at ? "" : $"sourcepath={Property(at.File)};"
            + (at.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"linenumber={at.Line};columnnumber={Math.Max(1, at.Column)};"));
        return $"##vso[task.logissue type=error;{place}code={diagnostic.Code};]{Harmless(diagnostic.Message.Split('\n')[0])}";
    }

    public override string Harmless(string text) => text.Replace("##vso[", "## vso[", StringComparison.OrdinalIgnoreCase);

    private static string Property(string text) =>
        text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal)
            .Replace("]", "%5D", StringComparison.Ordinal);
}

/// <summary>https://www.jetbrains.com/help/teamcity/service-messages.html.</summary>
internal sealed class TeamCityLog : CiLog
{
    public override string Group(string title, IReadOnlyList<string> lines) =>
        $"##teamcity[blockOpened name='{Value(title)}']\n{Marked(lines)}\n##teamcity[blockClosed name='{Value(title)}']";

    public override string Figure(string name, string value) => $"##teamcity[buildStatisticValue key='{Value(name)}' value='{Value(value)}']";

    public override string Harmless(string text) => text.Replace("##teamcity[", "## teamcity[", StringComparison.OrdinalIgnoreCase);

    private static string Value(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            _ = character switch
            {
                '|' or '\'' or '[' or ']' => escaped.Append('|').Append(character),
                '\n' => escaped.Append("|n"),
                '\r' => escaped.Append("|r"),
                > '\u007f' => escaped.Append(CultureInfo.InvariantCulture, $"|0x{(int)character:x4}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
