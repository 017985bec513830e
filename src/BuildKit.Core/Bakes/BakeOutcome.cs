using BuildKit.Core.Json;
using BuildKit.Core.Progress;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Bakes;

/// <summary>How a bake ended for one image: handed to its project in files, since projects may be built by other processes.</summary>
/// <param name="ExitCode">0 when the image is there.</param>
/// <param name="ErrorLines">Buildx's last words about it.</param>
/// <param name="BlockedBy">The image whose failure kept it from being built; empty when it was its own turn.</param>
/// <param name="Started">Whether buildx came to it.</param>
public sealed record BakeOutcome(int ExitCode, IReadOnlyList<string> ErrorLines, string BlockedBy, bool Started)
{
    private const string Suffix = ".bake-outcome.json";

    private const string ProgressSuffix = ".bake-progress.jsonl";

    /// <summary>Why it cannot be pushed, and so was not built; null when nothing is known against it.</summary>
    public PushRefusal? Refusal { get; init; }

    /// <summary>Removes what an earlier bake left.</summary>
    public static void Clear(BakeEntry entry)
    {
        File.Delete(entry.FileOf(Suffix));
        File.Delete(entry.FileOf(ProgressSuffix));
    }

    /// <summary>Writes the files.</summary>
    public void Write(BakeEntry entry, IEnumerable<string> progress)
    {
        File.WriteAllLines(entry.FileOf(ProgressSuffix), progress);
        BakeJson.Write(entry.FileOf(Suffix), json =>
        {
            json.WriteNumber("exitCode", ExitCode);
            json.WriteString("blockedBy", BlockedBy);
            json.WriteBoolean("started", Started);
            json.WriteTexts("errors", ErrorLines);
            json.WriteTexts("refusal", Refusal is null ? [] : [Refusal.Repository, Refusal.Reason, Refusal.Registry, Refusal.Kind.ToString()]);
        });
    }

    /// <summary>Reads the files of an image, and removes them.</summary>
    /// <param name="pathWithoutSuffix">Full path of the image's files, without what tells them apart.</param>
    /// <returns>Null when the bake ended before it could write them.</returns>
    /// <exception cref="Diagnostics.DiagnosticException">BK6209.</exception>
    public static (BakeOutcome Outcome, BuildxResult Run)? Take(string pathWithoutSuffix)
    {
        var (file, progress) = (pathWithoutSuffix + Suffix, pathWithoutSuffix + ProgressSuffix);
        if (!File.Exists(file))
        {
            return null;
        }

        var outcome = BakeJson.Read(file, root => new BakeOutcome(
            root.GetProperty("exitCode").GetInt32(), root.Strings("errors"), root.String("blockedBy"), root.GetProperty("started").GetBoolean())
        {
            Refusal = root.Strings("refusal") is [var repository, var reason, var registry, var kind]
                ? new PushRefusal(repository, reason, registry, Enum.TryParse<PushRefusalKind>(kind, out var known) ? known : PushRefusalKind.Login)
                    : null,
        });
        var graph = new BuildGraph();
        foreach (var update in File.ReadLines(progress).Select(ProgressReader.TryRead).OfType<ProgressUpdate>())
        {
            graph.Apply(update);
        }

        File.Delete(file);
        File.Delete(progress);
        return (outcome, new BuildxResult(outcome.ExitCode, outcome.ErrorLines, graph));
    }
}
