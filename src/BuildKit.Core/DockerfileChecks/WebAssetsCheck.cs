using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>
/// BK3309: Blazor's scripts are missing from what is published. Since .NET 10 they come with a package, which the SDK adds
/// at the restore when the project has .razor files: https://learn.microsoft.com/aspnet/core/blazor/fundamentals/static-files.
/// </summary>
internal static class WebAssetsCheck
{
    private const string Switch = "RequiresAspNetWebAssets";

    /// <summary>Finds it.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Context.Length == 0 || input.Project.ProjectFile.Length == 0 || !IsBlazor(input.Project) ? [] :
            from point in RestorePoints.Of(input)
            let line = RestoreOutcome.LineThatNeedsIt(input, point.Instruction)
            let file = RazorFile(input)
            where line > 0 && file is not null && !point.Copied.Contains(file)
            select ProjectCheckDiagnostics.WebAssets.At(input.At(point.Instruction.Line, point.Instruction.EndLine), input.Project.FileName, file,
                line);
    }

    private static bool IsBlazor(ProjectFacts project) =>
        project.TargetFramework.StartsWith("net", StringComparison.Ordinal)
            && Version.TryParse(project.TargetFramework.Split('-')[0][3..], out var version) && version.Major >= 10
        && ProjectReferences.TryLoad(project.ProjectFile)?.Attribute("Sdk")?.Value.StartsWith("Microsoft.NET.Sdk.Web",
            StringComparison.OrdinalIgnoreCase) == true
        && BuiltProject.Property(project.ProjectFile, Switch).Length == 0;

    private static string? RazorFile(CheckInput input) =>
        input.InContext(Path.GetDirectoryName(input.Project.ProjectFile)!) is { } folder
            ? SourceSearch.Find(input.Context, folder == "." ? "**/*.razor" : folder + "/**/*.razor") : null;
}
