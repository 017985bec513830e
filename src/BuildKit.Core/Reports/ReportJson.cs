using System.Buffers;
using System.Text.Json;
using BuildKit.Core.Images;
using BuildKit.Core.Json;

namespace BuildKit.Core.Reports;

/// <summary>The report as JSON; its form is in <c>report.schema.json</c>. Written by hand, as no serialiser starts as fast.</summary>
internal static class ReportJson
{
    /// <summary>The form of the file.</summary>
    internal const int Version = 2;

    /// <summary>The text, in UTF-8. It holds no character that ends a script in HTML.</summary>
    public static ReadOnlyMemory<byte> Write(BuildReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteHead(json, report);
            json.WriteObjects("steps", report.Steps, WriteStep);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Everything but the steps, which the page has in a shorter form.</summary>
    internal static void WriteHead(Utf8JsonWriter json, BuildReport report)
    {
        json.WriteNumber("version", Version);
        json.WriteString("name", report.Image.Name);
        json.WriteBoolean("succeeded", report.Succeeded);
        json.WriteString("started", report.Started);
        json.WriteString("dockerfile", report.Dockerfile);
        json.WriteTexts("stages", report.Stages);
        WriteImage(json, report.Image);
        json.WriteObjects("cacheNotRead", report.CacheNotRead, cache =>
        {
            json.WriteString("reference", cache.Reference);
            json.WriteString("reason", cache.Reason);
        });
        WriteInputs(json, report.Inputs);
        json.WriteObjects("notes", report.Notes, note =>
        {
            json.WriteNumber("step", note.Step);
            json.WriteString("text", note.Text);
        });
        json.WriteObjects("history", report.History, WritePast);
        WriteChanges(json, report.Changes);
    }

    private static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write) =>
        json.WriteObjects(name, items, (_, item) => write(item));

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

    private static void WriteInputs(Utf8JsonWriter json, ReportInputs inputs)
    {
        json.WriteStartObject("inputs");
        json.WriteString("context", inputs.Context);
        json.WriteString("target", inputs.Target);
        json.WriteTexts("platforms", inputs.Platforms);
        json.WriteTexts("arguments", inputs.Arguments);
        json.WriteTexts("namedContexts", inputs.NamedContexts);
        json.WriteObjects("bases", inputs.Bases, image =>
        {
            json.WriteString("reference", image.Reference);
            json.WriteString("digest", image.Digest);
        });
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, ReportStep step)
    {
        json.WriteString("name", step.Name);
        json.WriteString("stage", step.Stage);
        json.WriteString("platform", step.Platform);
        json.WriteTexts("targets", step.Targets);
        json.WriteString("instruction", step.Instruction);
        json.WriteString("kind", step.Kind);
        json.WriteNumber("start", step.Start);
        json.WriteNumber("end", step.End);
        json.WriteSpans(step.Spans);
        json.WriteNumber("line", step.Line);
        json.WriteBoolean("critical", step.Critical);
        json.WriteNumbers("inputs", step.Inputs);
        json.WriteNumber("pulledBytes", step.PulledBytes);
        json.WriteObjects("parts", step.Parts, part =>
        {
            json.WriteString("name", part.Name);
            json.WriteNumber("start", part.Span.Start);
            json.WriteNumber("end", part.Span.End);
        });
        json.WriteString("error", step.Error);
        json.WriteTexts("output", step.Output);
    }

    /// <summary>The times in which a step worked, as pairs.</summary>
    internal static void WriteSpans(this Utf8JsonWriter json, IReadOnlyList<ReportSpan> spans)
    {
        json.WriteStartArray("spans");
        foreach (var span in spans)
        {
            json.WriteStartArray();
            json.WriteNumberValue(span.Start);
            json.WriteNumberValue(span.End);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>A list of numbers.</summary>
    internal static void WriteNumbers(this Utf8JsonWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray(name);
        numbers.ToList().ForEach(json.WriteNumberValue);
        json.WriteEndArray();
    }

    private static void WritePast(Utf8JsonWriter json, PastBuild past)
    {
        json.WriteString("started", past.Started);
        json.WriteBoolean("succeeded", past.Succeeded);
        json.WriteNumber("milliseconds", past.Milliseconds);
        json.WriteNumber("cached", past.Cached);
        json.WriteNumber("run", past.Run);
        json.WriteNumber("contextBytes", past.ContextBytes);
        json.WriteNumber("pushedBytes", past.PushedBytes);
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
        json.WriteObjects("files", changes.Files, file =>
        {
            json.WriteString("path", file.Path);
            json.WriteString("kind", file.Kind);
        });
        json.WriteNumber("moreFiles", changes.MoreFiles);
        json.WriteObjects("steps", changes.Steps, step =>
        {
            json.WriteNumber("step", step.Step);
            json.WriteString("reason", step.Reason);
        });
        json.WriteObjects("slower", changes.Slower, step =>
        {
            json.WriteNumber("step", step.Step);
            json.WriteNumber("before", step.Before);
        });
        json.WriteEndObject();
    }
}
