using System.Buffers;
using System.Text;
using System.Text.Json;
using BuildKit.Core.Json;

namespace BuildKit.Core.Reports;

/// <summary>The page that shows a report: one HTML file that needs nothing else, made of the files <c>timeline.*</c> beside this one.</summary>
internal static class TimelinePage
{
    private const string Place = "/*REPORT*/null";

    private static readonly string[] Scripts = ["data.js", "head.js", "lanes.js", "rows.js", "detail.js"];

    // What steps printed is most of a report; with hundreds of steps each has a few lines, and the report's JSON all that is kept.
    private const int OutputCharacters = 80_000;
    private const int LongestOutputLine = 400;
    private const int InstructionCharacters = 120_000;

    /// <summary>The page in UTF-8.</summary>
    /// <param name="report">The report.</param>
    public static byte[] Of(BuildReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        // The report comes last, as its texts may look like a place for something.
        return Encoding.UTF8.GetBytes(Part("html")
            .Replace("/*STYLE*/", Part("css"), StringComparison.Ordinal)
            .Replace("/*SCRIPT*/", string.Concat(Scripts.Select(Part)), StringComparison.Ordinal)
            .Replace(Place, Encoding.UTF8.GetString(Json(report)), StringComparison.Ordinal));
    }

    private static string Part(string name)
    {
        using var stream = typeof(TimelinePage).Assembly.GetManifestResourceStream("timeline." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static ReadOnlySpan<byte> Json(BuildReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var printed = Math.Max(1, report.Steps.Count(step => step.Output.Count > 0));
        var output = OutputCharacters / printed;
        var instruction = Math.Max(400, InstructionCharacters / Math.Max(1, report.Steps.Count));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            ReportJson.WriteHead(json, report);
            json.WriteStartArray("steps");
            foreach (var step in report.Steps)
            {
                json.WriteStartObject();
                WriteStep(json, step, step.Kind == "failed" ? int.MaxValue : output, instruction);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    // What is empty is left out.
    private static void WriteStep(Utf8JsonWriter json, ReportStep step, int output, int instruction)
    {
        var label = step.Label;
        json.WriteString("kind", step.Kind);
        json.WriteString("label", label.Shortened(instruction));
        Text(json, "flags", label.Flags);
        Text(json, "stage", step.Stage);
        Text(json, "platform", step.Platform);
        Text(json, "error", step.Error);
        if (step.Instruction != label.Text)
        {
            Text(json, "instruction", step.Instruction.Length > instruction ? step.Instruction[..instruction] + "…" : step.Instruction);
        }

        if (step.Targets.Count > 0)
        {
            json.WriteTexts("targets", step.Targets);
        }

        json.WriteNumber("start", step.Start);
        json.WriteNumber("end", step.End);
        if (step.Spans.Count > 0)
        {
            json.WriteSpans(step.Spans);
        }

        Number(json, "line", step.Line);
        Number(json, "pulledBytes", step.PulledBytes);
        if (step.Critical)
        {
            json.WriteBoolean("critical", true);
        }

        if (step.Inputs.Count > 0)
        {
            json.WriteNumbers("inputs", step.Inputs);
        }

        // In a build of hundreds of steps, only what took time.
        var parts = step.Parts.Where(part => part.Span.Length >= 50).ToList();
        if (parts.Count > 0)
        {
            json.WriteStartArray("parts");
            foreach (var part in parts)
            {
                json.WriteStartObject();
                json.WriteString("name", part.Name);
                json.WriteNumber("took", part.Span.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (Last(step.Output, output) is { Count: > 0 } lines)
        {
            json.WriteTexts("output", lines);
            Number(json, "omitted", step.Output.Count - lines.Count);
        }
    }

    private static List<string> Last(IReadOnlyList<string> lines, int characters)
    {
        var last = new List<string>();
        foreach (var line in lines.Reverse().Select(line => line.Length > LongestOutputLine ? line[..LongestOutputLine] + "…" : line))
        {
            characters -= line.Length + 3;
            if (characters < 0)
            {
                break;
            }

            last.Insert(0, line);
        }

        return last;
    }

    private static void Text(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, long value)
    {
        if (value > 0)
        {
            json.WriteNumber(name, value);
        }
    }
}
