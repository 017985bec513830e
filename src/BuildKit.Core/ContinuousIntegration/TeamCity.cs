namespace BuildKit.Core.ContinuousIntegration;

/// <summary>
/// TeamCity. Branch and pull request are parameters that reach a build by files only: the system properties name the
/// file of the others (https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html). Forks are not marked.
/// </summary>
internal sealed class TeamCity : ICiSystem
{
    /// <summary>TeamCity's name for the default branch, where it gives no other.</summary>
    public const string DefaultBranch = "<default>";

    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (variables["TEAMCITY_VERSION"].Length == 0)
        {
            return null;
        }

        var parameters = Read(Read(variables["TEAMCITY_BUILD_PROPERTIES_FILE"]).GetValueOrDefault("teamcity.configuration.properties.file", ""));
        string Value(string name) => parameters.GetValueOrDefault(name, "");
        var branch = CiVariables.BranchOf(Value("teamcity.build.branch"));
        // The default branch may stand under this name only.
        branch = branch == DefaultBranch ? "" : branch;
        var isDefault = Value("teamcity.build.branch.is_default") == "true";
        var number = Value("teamcity.pullRequest.number");
        var run = new CiRun
        {
            System = "TeamCity",
            Event = CiEvent.Push,
            Branch = isDefault && branch.Length == 0 ? DefaultBranch : branch,
            DefaultBranch = !isDefault ? "" : branch.Length == 0 ? DefaultBranch : branch,
        };
        return number.Length == 0 ? run : run with
        {
            Event = CiEvent.PullRequest,
            Branch = CiVariables.BranchOf(Value("teamcity.pullRequest.source.branch")),
            TargetBranch = CiVariables.BranchOf(Value("teamcity.pullRequest.target.branch")),
            DefaultBranch = "",
            PullRequest = number,
        };
    }

    // Java's properties: name=value, with a back-slash before ':', '=', '\' and spaces.
    private static Dictionary<string, string> Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var line in path.Length == 0 ? [] : File.ReadLines(path))
            {
                var end = line.StartsWith('#') || line.StartsWith('!') ? -1 : line.IndexOf('=', StringComparison.Ordinal);
                if (end > 0)
                {
                    values[Unescape(line[..end]).Trim()] = Unescape(line[(end + 1)..]).Trim();
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The run is then known to be TeamCity's and nothing more.
        }

        return values;
    }

    private static string Unescape(string text)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            result.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        }

        return result.ToString();
    }
}
