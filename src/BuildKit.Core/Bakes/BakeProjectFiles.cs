using BuildKit.Core.Builds;

namespace BuildKit.Core.Bakes;

/// <summary>
/// The files of one project in a bake, in its own obj folder: its images for the order, the order for it, and what it made
/// ready for the run. Between projects go the paths of these files, never what is in them.
/// </summary>
/// <param name="Images">Full path of the file that names the others: a <see cref="BakeImage"/> for each image.</param>
public sealed record BakeProjectFiles(string Images)
{
    private const string Suffix = ".images.json";

    /// <summary>Full path of its <see cref="BakeTurn"/>; not there when nothing of the project is built.</summary>
    public string Turn => FileOf(".turn.json");

    /// <summary>Full path of its <see cref="BakeEntry"/> files; not there when the project could not make anything ready.</summary>
    public string Prepared => FileOf(".prepared.json");

    /// <summary>The files that a session has for a project.</summary>
    public static BakeProjectFiles In(SessionFiles session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new BakeProjectFiles(session.FileOf(Suffix));
    }

    private string FileOf(string suffix) => Images[..^Suffix.Length] + suffix;
}
