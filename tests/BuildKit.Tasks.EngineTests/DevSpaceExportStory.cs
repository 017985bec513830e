using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>DevSpace builds again when one of its <c>onChange</c> patterns matches: they must be the project's inputs.</summary>
public sealed partial class DevSpaceExportStory : Story
{
    [Test]
    public async Task A_project_of_code_is_watched_with_all_it_is_made_of()
    {
        Project.Write("Directory.Build.props", "<Project />");
        Project.Write("app/app.csproj", Console(items: """<ProjectReference Include="../lib/lib.csproj" />"""));
        Project.Write("app/Program.cs", "System.Console.WriteLine(Lib.Text);");
        Project.Write("app/appsettings.json", "{}");
        Project.Write("lib/lib.csproj", Library("""<ProjectReference Include="../deep/deep.csproj" />"""));
        Project.Write("lib/sub/Lib.cs", "public static class Lib { public static string Text => Deep.Text; }");
        Project.Write("deep/deep.csproj", Library(""));
        Project.Write("deep/Deep.cs", "public static class Deep { public const string Text = \"one\"; }");
        (await Project.DotnetAsync(["build", "app", "-t:BuildKitExportDevSpace", "-p:Configuration=Release",
            "-p:BuildKitExportFile=../devspace.images.yaml"])).Succeeded();

        var exported = await File.ReadAllTextAsync(Project.PathOf("devspace.images.yaml"));
        var patterns = Pattern().Matches(exported).Select(match => match.Groups[1].Value).ToList();
        string[] inputs = ["Directory.Build.props", "app/app.csproj", "app/Program.cs", "app/appsettings.json", "lib/lib.csproj", "lib/sub/Lib.cs",
            "deep/deep.csproj", "deep/Deep.cs"];
        Assert.That(inputs.Where(input => !patterns.Exists(pattern => IsMatch(pattern, input))), Is.Empty, exported);
        Assert.That(
            patterns.Where(pattern => pattern.Contains("obj", StringComparison.Ordinal) || pattern.Contains("bin", StringComparison.Ordinal)),
            Is.Empty, "what a build writes would start the next one");

        var command = Regex.Match(exported, @"command: \|-\n\s+(.*)\n").Groups[1].Value.Replace("${runtime.images.app.tag}", "t1",
            StringComparison.Ordinal);
        (await Command.RunAsync("sh", ["-c", command], Project.Folder, Project.EnvironmentWith(null))).Succeeded();
        Project.Write("deep/Deep.cs", "public static class Deep { public const string Text = \"two\"; }");
        (await Command.RunAsync("sh", ["-c", command], Project.Folder, Project.EnvironmentWith(null))).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync($"{Image}:t1"), Is.EqualTo("two"));
    }

    private static string Library(string items) =>
        $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>{items}</ItemGroup></Project>""";

    private static bool IsMatch(string pattern, string path) =>
        Regex.IsMatch(path, "^" + Regex.Escape(pattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$");

    [GeneratedRegex("^        - '(.*)'$", RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
