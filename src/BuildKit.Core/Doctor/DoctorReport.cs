using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BuildKit.Core.Doctor;

/// <summary>The findings as a whole: in one line for people, and as JSON for programs.</summary>
public static class DoctorReport
{
    /// <summary>How many things were looked at, and how many are not well.</summary>
    public static string Headline(IReadOnlyList<DoctorFinding> findings)
    {
        var faults = findings.Count(finding => finding.Level == FindingLevel.Fault);
        var warnings = findings.Count(finding => finding.Level == FindingLevel.Warning);
        string[] troubles = [Counted(faults, "fault"), Counted(warnings, "warning")];
        return $"{findings.Count} checks, " + string.Join(", ", troubles.Where(part => part.Length > 0).DefaultIfEmpty("all is well"));
    }

    /// <summary>Writes <c>{"level","findings":[{"level","check","code","text","remedy"}]}</c>; the first level is the worst.</summary>
    public static string ToJson(IReadOnlyList<DoctorFinding> findings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("level", NameOf(findings.Select(finding => finding.Level).DefaultIfEmpty().Max()));
            json.WriteStartArray("findings");
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("level", NameOf(finding.Level));
                json.WriteString("check", finding.Check);
                json.WriteString("code", finding.Level == FindingLevel.Ok ? "" : finding.Diagnostic!.Code);
                json.WriteString("text", finding.Text);
                json.WriteString("remedy", finding.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static string Counted(int count, string noun) => count switch { 0 => "", 1 => $"1 {noun}", _ => $"{count} {noun}s" };

    private static string NameOf(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "ok",
        FindingLevel.Warning => "warning",
        _ => "fault",
    };
}
