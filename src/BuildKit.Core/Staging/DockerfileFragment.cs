using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Staging;

/// <summary>Instructions of the project at the end of a Dockerfile of our making.</summary>
/// <param name="File">Full path of the file that has them.</param>
/// <param name="LinesBefore">Lines of the Dockerfile before them.</param>
public sealed record DockerfileFragment(string File, int LinesBefore)
{
    /// <summary>Points a diagnostic at the fragment's own line; without a place when it is about a line of ours.</summary>
    public Diagnostic Place(Diagnostic found) => found.Location is not { } location ? found : found with
    {
        Location = location.Line > LinesBefore
            ? location with
            { File = File, Line = location.Line - LinesBefore, EndLine = location.EndLine > LinesBefore ? location.EndLine - LinesBefore : 0 }
            : null,
    };
}
