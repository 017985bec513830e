using System.Buffers;
using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Reports;

/// <summary>The report as JSON; its form is in <c>report.schema.json</c>. Written and read by hand, as no serialiser starts as fast.</summary>
public static class ReportJson
{
    /// <summary>The text, in UTF-8. It holds no character that ends a script in HTML.</summary>
    public static ReadOnlyMemory<byte> Write(BuildReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("name", report.Image.Name);
            json.WriteBoolean("succeeded", report.Succeeded);
            json.WriteString("started", report.Started);
            json.WriteString("dockerfile", report.Dockerfile);
            WriteImage(json, report.Image);
            json.WriteStartArray("steps");
            foreach (var step in report.Steps)
            {
                WriteStep(json, step);
            }

            json.WriteEndArray();
            WriteChanges(json, report.Changes);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>What a comparison needs of an earlier report; null when there is none, or none of this form.</summary>
    public static BuildReport? TryRead(string path)
    {
        try
        {
            using var document = File.Exists(path) ? JsonElementExtensions.TryParse(File.ReadAllBytes(path)) : null;
            if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root || root.Number("version") != 1)
            {
                return null;
            }

            var image = new BuiltImage { Name = root.Text("name"), References = [], Seconds = (root.Number("milliseconds") ?? 0) / 1000.0 };
            return new BuildReport(image, root.Member("succeeded").ValueKind == JsonValueKind.True, root.Text("started"), "",
                [.. root.Items("steps").Select((step, index) => new ReportStep(
                    index, step.Text("name"), step.Text("stage"), step.Text("instruction"), step.Text("kind"), -1, -1, []))]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void WriteImage(Utf8JsonWriter json, BuiltImage image)
    {
        json.WriteTexts("references", image.References);
        json.WriteString("digest", image.Digest);
        json.WriteNumber("milliseconds", (long)(image.Seconds * 1000));
        json.WriteNumber("stepsCached", image.StepsCached);
        json.WriteNumber("stepsRun", image.StepsRun);
        json.WriteNumber("contextBytes", image.ContextBytes);
        json.WriteNumber("pushedBytes", image.PushedBytes);
        json.WriteNumber("size", image.Size);
        json.WriteTexts("cacheRead", image.CacheRead);
        json.WriteTexts("cacheWritten", image.CacheWritten);
    }

    private static void WriteStep(Utf8JsonWriter json, ReportStep step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteString("stage", step.Stage);
        json.WriteString("platform", step.Platform);
        json.WriteString("instruction", step.Instruction);
        json.WriteString("kind", step.Kind);
        json.WriteNumber("start", step.Start);
        json.WriteNumber("end", step.End);
        json.WriteNumber("line", step.Line);
        json.WriteBoolean("critical", step.Critical);
        json.WriteStartArray("inputs");
        step.Inputs.ToList().ForEach(json.WriteNumberValue);
        json.WriteEndArray();
        json.WriteString("error", step.Error);
        json.WriteTexts("output", step.Output);
        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, BuildChanges? changes)
    {
        if (changes is null)
        {
            json.WriteNull("changes");
            return;
        }

        json.WriteStartObject("changes");
        json.WriteString("started", changes.Started);
        json.WriteNumber("milliseconds", (long)(changes.Seconds * 1000));
        json.WriteStartArray("files");
        foreach (var file in changes.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteString("kind", file.Kind);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("moreFiles", changes.MoreFiles);
        json.WriteStartArray("steps");
        foreach (var step in changes.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("step", step.Step);
            json.WriteString("reason", step.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
