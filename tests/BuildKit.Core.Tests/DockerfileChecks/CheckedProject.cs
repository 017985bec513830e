using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;

namespace BuildKit.Core.Tests.DockerfileChecks;

/// <summary>A folder with a project, a Dockerfile and what else a test writes.</summary>
internal sealed class CheckedProject : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("checks").FullName;
    private readonly List<string> references = [];

    public string TargetFramework { get; init; } = "net10.0";

    public LintSettings Settings { get; init; } = LintSettings.Default;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public CheckedProject With(string path, string text = "x")
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Makes app/app.csproj reference a project.</summary>
    public CheckedProject Referencing(string path)
    {
        references.Add(
            $"\"{Path.GetFileNameWithoutExtension(path)}/1.0.0\": {{ \"type\": \"project\", \"path\": \"../{path}\", \"msbuildProject\": "
                + $"\"../{path}\" }}");
        With("app/obj/project.assets.json",
            $"{{ \"libraries\": {{ \"Serilog/4.0.0\": {{ \"type\": \"package\", \"path\": \"serilog/4.0.0\" }}, {string.Join(',', references)} }} }}");
        return With(path);
    }

    /// <summary>What the checks say, as "CODE line".</summary>
    public IReadOnlyList<string> Codes(string dockerfile, string targetStage = "") =>
        [.. Check(dockerfile, targetStage).Select(found => $"{found.Code} {found.Location!.Line}")];

    public IReadOnlyList<Diagnostic> Check(string dockerfile, string targetStage = "")
    {
        With("Dockerfile", dockerfile);
        var project = new ProjectFacts(Path.Combine(folder, "app", "app.csproj"), TargetFramework,
            Path.Combine(folder, "app", "obj", "project.assets.json"));
        return DockerfileCheckList.Run(Path.Combine(folder, "Dockerfile"), folder, targetStage, new Dictionary<string, string>(), project, Settings);
    }
}
