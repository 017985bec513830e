using BuildKit.Core.Diagnostics;
using Microsoft.VisualStudio.SolutionPersistence.Model;
using Microsoft.VisualStudio.SolutionPersistence.Serializer;

namespace BuildKit.Core.Bakes;

/// <summary>A project of a solution, in a configuration of the solution.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Configuration">Its configuration; empty for the one that is asked for.</param>
/// <param name="Platform">Its platform; empty for the default.</param>
public sealed record SolutionProject(string Path, string Configuration, string Platform);

/// <summary>Reads <c>.sln</c> and <c>.slnx</c> files.</summary>
public static class SolutionProjects
{
    // Others (C++, SQL, Docker Compose, folders) have no targets of ours and often need tools of Visual Studio.
    private static readonly string[] Kinds = [".csproj", ".fsproj", ".vbproj", ".proj"];

    /// <summary>Whether a path is that of a solution.</summary>
    public static bool IsSolution(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() is ".sln" or ".slnx";

    /// <summary>Whether a path is that of a project that can have images.</summary>
    public static bool IsProject(string path) => Kinds.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The projects that the solution builds in a configuration.</summary>
    /// <param name="path">Full path of the solution.</param>
    /// <param name="configuration">For example <c>Release</c>.</param>
    /// <param name="platform">For example <c>AnyCPU</c>.</param>
    /// <param name="location">Where the solution is named.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DiagnosticException">BK6208.</exception>
    public static async Task<IReadOnlyList<SolutionProject>> ReadAsync(
        string path, string configuration, string platform, SourceLocation location, CancellationToken cancellation)
    {
        try
        {
            var serializer = SolutionSerializers.GetSerializerByMoniker(path)
                ?? throw new DiagnosticException(BakeDiagnostics.SolutionUnreadable.At(location, path, "its form is not known"));
            var solution = await serializer.OpenAsync(path, cancellation).ConfigureAwait(false);
            var folder = System.IO.Path.GetDirectoryName(path)!;
            return
            [
                .. from project in solution.SolutionProjects
                   where IsProject(project.FilePath)
                   let mapped = project.GetProjectConfiguration(configuration, platform is "" or "AnyCPU" ? "Any CPU" : platform)
                   where mapped.Build
                   select new SolutionProject(
                       System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, project.FilePath.Replace('\\', '/'))),
                       mapped.BuildType ?? "",
                       mapped.Platform is null or "Any CPU" or "AnyCPU" ? "" : mapped.Platform),
            ];
        }
        catch (Exception failure) when (failure
            is IOException or UnauthorizedAccessException or SolutionException or System.Xml.XmlException or ArgumentException)
        {
            throw new DiagnosticException(BakeDiagnostics.SolutionUnreadable.At(location, path, failure.Message.TrimEnd('.')));
        }
    }
}
