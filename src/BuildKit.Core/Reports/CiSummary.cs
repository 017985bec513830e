using System.Text;
using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Reports;

/// <summary>What is reported to a CI system about an image.</summary>
/// <param name="Name">Name of the image definition.</param>
/// <param name="Reference">Reference with its tag.</param>
/// <param name="Digest">Digest; may be empty.</param>
/// <param name="Summary">The result, see <see cref="ImageSummary.Result"/>.</param>
public sealed record CiImage(string Name, string Reference, string Digest, string Summary)
{
    /// <summary>All references that it has.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Whether it is as the last build left it, so that the report of that one is none of this.</summary>
    public bool Unchanged { get; init; }

    /// <summary>Figures for the system's charts, such as <c>seconds</c>; none for an image that was not built again.</summary>
    public IReadOnlyDictionary<string, string> Figures { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// Informs the CI system that runs the build about images: GitHub Actions by its files for step summary and outputs
/// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands), Azure Pipelines by logging commands
/// (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands), TeamCity by statistic values. Elsewhere
/// nothing happens.
/// </summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="sink">Where commands are written; Azure's agent reads the log.</param>
public sealed partial class CiSummary(BuildEnvironment environment, IDiagnosticSink sink)
{
    private string StepSummary => environment.GetValueOrDefault("GITHUB_STEP_SUMMARY") ?? "";

    private string StepOutput => environment.GetValueOrDefault("GITHUB_OUTPUT") ?? "";

    private bool IsAzure => environment.GetValueOrDefault("TF_BUILD") == "True";

    /// <summary>Reports the images of a project that are there now, built or unchanged.</summary>
    /// <param name="images">The images.</param>
    /// <param name="folder">Where the reports of their builds are, and a file for Azure's summary is put.</param>
    public void Built(IReadOnlyList<CiImage> images, string folder)
    {
        ArgumentNullException.ThrowIfNull(images);
        foreach (var image in images)
        {
            var markdown = StepSummary.Length == 0 && !IsAzure
                ? ""
                : CiTable.Of(image, image.Unchanged ? null : ReportReader.TryRead(new ReportFiles(folder, image.Name).Json));
            if (StepSummary.Length > 0)
            {
                SharedFile.Append(StepSummary, markdown);
            }

            if (StepOutput.Length > 0)
            {
                SharedFile.Append(StepOutput, Outputs(image));
            }

            if (IsAzure)
            {
                Upload(folder, image.Name, markdown);
                sink.Message(MessageLevel.Important, $"##vso[task.setvariable variable=BuildKitReference;isOutput=true]{ByDigest(image)}");
                sink.Message(MessageLevel.Important, $"##vso[task.setvariable variable=BuildKitDigest;isOutput=true]{image.Digest}");
            }

            foreach (var figure in image.Figures.Select(pair => CiLog.Of(environment)?.Figure($"BuildKit.{image.Name}.{pair.Key}", pair.Value))
                .OfType<string>())
            {
                sink.Message(MessageLevel.Important, figure);
            }
        }
    }

    /// <summary>Reports that an image could not be built.</summary>
    /// <param name="name">Name of the image definition.</param>
    /// <param name="diagnostics">Why, without secrets.</param>
    /// <param name="folder">Where a file for Azure's summary is put.</param>
    public void Failed(string name, IReadOnlyList<Diagnostic> diagnostics, string folder)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (StepSummary.Length == 0 && !IsAzure)
        {
            return;
        }

        var text = new StringBuilder($"### Image {name} failed\n\n");
        foreach (var diagnostic in diagnostics)
        {
            var place = diagnostic.Location is { Line: > 0 } at ? $" `{Path.GetFileName(at.File)}` line {at.Line}" : "";
            // A fence that is longer than any in the text cannot be closed by it.
            var fence = new string('`', 3 + Fence().Matches(diagnostic.Message).Select(match => match.Length).DefaultIfEmpty(0).Max());
            // A summary is read on another machine than the one with the package's page.
            var link = diagnostic.HelpLink ?? HelpPage.Link(diagnostic.Code);
            var code = link?.StartsWith("http", StringComparison.Ordinal) == true ? $"[{diagnostic.Code}]({link})" : diagnostic.Code;
            text.Append($"**{code}**{place}\n\n{fence}text\n{diagnostic.Message}\n{fence}\n\n");
        }

        if (IsAzure)
        {
            Upload(folder, name, text.ToString());
        }
        else
        {
            SharedFile.Append(StepSummary, text.ToString());
        }
    }

    private void Upload(string folder, string name, string markdown)
    {
        var file = Path.Combine(folder, name + ".summary.md");
        if (WholeFile.TryWrite(file, stream => stream.Write(Encoding.UTF8.GetBytes(markdown))) is { } reason)
        {
            sink.Message(MessageLevel.Normal, $"The summary for Azure Pipelines could not be written: {reason}");
            return;
        }

        sink.Message(MessageLevel.Important, $"##vso[task.uploadsummary]{file}");
    }

    // The plain names are those of the last image; a step that builds several takes the ones with a name.
    private static string Outputs(CiImage image)
    {
        var suffix = NotInName().Replace(image.Name, "-");
        return $"reference={ByDigest(image)}\ndigest={image.Digest}\nreference-{suffix}={ByDigest(image)}\ndigest-{suffix}={image.Digest}\n";
    }

    private static string ByDigest(CiImage image) => image.Digest.Length == 0 ? image.Reference : $"{image.Reference}@{image.Digest}";

    [GeneratedRegex("[^A-Za-z0-9_-]+")]
    private static partial Regex NotInName();

    [GeneratedRegex("`+")]
    private static partial Regex Fence();
}
