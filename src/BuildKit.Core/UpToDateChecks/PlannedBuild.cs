using System.Globalization;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;
using BuildKit.Core.Systems;

namespace BuildKit.Core.UpToDateChecks;

/// <summary>A request that was read and compared with the last build.</summary>
/// <param name="Request">What to build.</param>
/// <param name="Fingerprint">Hash over its inputs; empty when they cannot be known, as with a remote context: then nothing is recorded.</param>
/// <param name="Reason">Why it has to be built, for the log; empty when nothing changed.</param>
public sealed record PlannedBuild(BuildRequest Request, string Fingerprint, string Reason)
{
    /// <summary>The caches that the project asks to be written, as one text; empty for none.</summary>
    public string Caches { get; init; } = "";

    /// <summary>A hash for each kind of input, to say later which one changed.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Files whose content changed while size and time of modification stayed, and how often. What is staged for BuildKit gets
    /// another time for it.
    /// </summary>
    internal IReadOnlyDictionary<string, int> HiddenChanges { get; init; } = new Dictionary<string, int>();

    /// <summary>Those of them that BuildKit reads where they are, and so does not see.</summary>
    internal IReadOnlyList<string> NotSent => [.. HiddenChanges.Keys.Where(path => !IsStaged(path)).Order(StringComparer.Ordinal)];

    /// <summary>Warns of files that BuildKit does not ask for: the image may have what they were before.</summary>
    /// <returns>BK3020; null when there are none.</returns>
    public Diagnostic? CheckSending()
    {
        var files = NotSent;
        return files.Count == 0 ? null : DockerfileDiagnostics.ChangeNotSent.At(
            new SourceLocation(files[0]), files[0],
            files.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and of {files.Count - 1} more)"));
    }

    private bool IsStaged(string path) => Request.PublishOutput?.All.Any(output =>
        PathRules.Here.IsWithin(path, output.Folder) || output.Copies.Any(copy => PathRules.Here.AreEqual(copy.Source, path))) == true;
}
