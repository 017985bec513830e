using BuildKit.Core.Reports;
using BuildKit.Core.UpToDateChecks;

namespace BuildKit.Core.Builds;

/// <summary>Why an image was built, with the names of files where files are the reason.</summary>
internal static class BuildReason
{
    /// <summary>The end of a sentence that begins with "because".</summary>
    /// <param name="plan">The build.</param>
    /// <param name="changes">What is different from the previous build; null when there is no report of one.</param>
    public static string Of(PlannedBuild plan, BuildChanges? changes)
    {
        if (changes is not { Files.Count: > 0 } || !InputChange.IsOfFiles(plan.Reason))
        {
            return plan.Reason;
        }

        var published = plan.Request.PublishOutput is not null;
        // The symbols of a program change with it.
        var names = changes.Files.Select(file => (Name: published ? Path.GetFileName(file.Path) : file.Path, file.Kind))
            .Where(file => !file.Name.EndsWith(".pdb", StringComparison.Ordinal))
            .DefaultIfEmpty((Name: Path.GetFileName(changes.Files[0].Path), changes.Files[0].Kind)).ToList();
        var (first, more) = (names[0], names.Count - 1 + changes.MoreFiles);
        return more switch
        {
            0 => $"{first.Name} {(first.Kind == "changed" ? first.Kind : $"was {first.Kind}")}",
            1 => $"{first.Name} and 1 more file changed",
            _ => $"{first.Name} and {more} more files changed",
        };
    }
}
