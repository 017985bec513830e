using System.Globalization;

namespace BuildKit.Testing;

/// <summary>The text of a solution in the older form (<c>.sln</c>).</summary>
public static class SolutionText
{
    /// <summary>A solution that builds projects in both configurations.</summary>
    /// <param name="names">Names of projects, each <c>name/name.proj</c>.</param>
    public static string Of(params string[] names)
    {
        string[] configurations = ["Debug", "Release"];
        var projects =
            names.Select((name, index) => (name, Id: string.Create(CultureInfo.InvariantCulture, $"{{{index + 1:D8}-1111-1111-1111-111111111111}}")))
                .ToList();
        return string.Join("\n",
        [
            "", "Microsoft Visual Studio Solution File, Format Version 12.00",
            .. projects.SelectMany(project => new[]
            {
                $"Project(\"{{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}}\") = \"{project.name}\", \"{project.name}\\{project.name}.proj\", \"{project.Id}\"", "EndProject",
            }),
            "Global", "\tGlobalSection(SolutionConfigurationPlatforms) = preSolution",
            .. configurations.Select(configuration => $"\t\t{configuration}|Any CPU = {configuration}|Any CPU"),
            "\tEndGlobalSection", "\tGlobalSection(ProjectConfigurationPlatforms) = postSolution",
            .. projects.SelectMany(project => configurations.SelectMany(configuration => new[]
            {
                $"\t\t{project.Id}.{configuration}|Any CPU.ActiveCfg = {configuration}|Any CPU",
                $"\t\t{project.Id}.{configuration}|Any CPU.Build.0 = {configuration}|Any CPU",
            })),
            "\tEndGlobalSection", "EndGlobal", "",
        ]);
    }
}
