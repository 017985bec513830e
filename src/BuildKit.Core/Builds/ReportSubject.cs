using BuildKit.Core.Reports;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Builds;

/// <summary>What a report is about: the build of an image, or a bake as a whole.</summary>
/// <param name="Name">Name of the image or the bake, as it is shown.</param>
/// <param name="Files">Where the report is written.</param>
internal sealed record ReportSubject(string Name, ReportFiles Files)
{
    /// <summary>References of what is built.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Full path of the Dockerfile; empty when there is none, or more than one.</summary>
    public string Dockerfile { get; init; } = "";

    /// <summary>Full path of the build context, to shorten paths; empty when there is none, or more than one.</summary>
    public string Context { get; init; } = "";

    /// <summary>What it is made of; the base images come from the steps.</summary>
    public ReportInputs Inputs { get; init; } = ReportInputs.None;

    /// <summary>The build of an image.</summary>
    public static ReportSubject Of(BuildRequest request) => new(request.Name, new ReportFiles(request.IntermediateFolder, request.Name))
    {
        References = [.. request.Tags.Select(tag => tag.ToString())],
        Dockerfile = request.Dockerfile,
        Context = request.Context,
        Inputs = new ReportInputs(
            request.Context,
            request.TargetStage,
            [.. request.Platforms.Select(platform => platform.ToString())],
            [.. request.BuildArguments.Select(argument => argument.Name)],
            [.. request.NamedContexts.Select(context => context.Name)],
            []),
    };
}
