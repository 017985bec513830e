using System.Globalization;
using BuildKit.Core.Reports;
using Microsoft.Build.Framework;

namespace BuildKit.Tasks;

/// <summary>The steps of a build as items <c>BuildKitStep</c>.</summary>
internal static class StepItems
{
    /// <summary>The steps, in the order in which BuildKit named them; what is empty is no metadata.</summary>
    public static IReadOnlyList<ITaskItem> Of(BuildReport report)
    {
        var reasons = report.Changes?.Steps.ToDictionary(change => change.Step, change => change.Reason) ?? [];
        return [.. report.Steps.Select(step => TaskItems.Item(step.Title, new[]
        {
            ("Image", report.Image.Name),
            ("State", step.Kind),
            ("Stage", step.Stage),
            ("Platform", step.Platform),
            ("Command", step.Instruction),
            ("File", step.Line > 0 ? report.Dockerfile : ""),
            ("Line", step.Line > 0 ? Text(step.Line) : ""),
            ("Began", step.Start < 0 ? "" : Text(step.Start / 1000.0)),
            ("Seconds", step.Start < 0 || step.End < 0 ? "" : Text(step.Took / 1000.0)),
            ("Critical", step.Critical ? "true" : ""),
            ("Reason", reasons.GetValueOrDefault(step.Id, "")),
            ("Needs", string.Join('\n', step.Inputs.Select(id => report.Steps[id].Title))),
            ("LastOutput", string.Join('\n', step.Output)),
            ("Error", step.Error),
        }.Where(pair => pair.Item2.Length > 0).ToDictionary(pair => pair.Item1, pair => pair.Item2)))];
    }

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
