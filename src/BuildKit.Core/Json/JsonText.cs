using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace BuildKit.Core.Json;

/// <summary>
/// JSON that others wrote, made such that every text in it can be read. Go, in which Docker and registries are written, reads
/// bytes that are no UTF-8, and halves of surrogate pairs, as U+FFFD (https://pkg.go.dev/encoding/json#Unmarshal); .NET
/// accepts such a document and throws when one of these texts is asked for.
/// </summary>
internal static class JsonText
{
    private const int EscapeLength = 6;

    /// <summary>The same document with U+FFFD for what is no character; the same bytes when all are.</summary>
    public static ReadOnlyMemory<byte> Readable(ReadOnlyMemory<byte> utf8)
    {
        var text = Utf8.IsValid(utf8.Span) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8.Span));
        byte[]? copy = null;
        for (var at = Next(text.Span, 0); at >= 0; at = Next(text.Span, at))
        {
            var unit = UnitAt(text.Span, at);
            if (unit is { } high && char.IsHighSurrogate(high) && UnitAt(text.Span, at + EscapeLength) is { } low && char.IsLowSurrogate(low))
            {
                at += 2 * EscapeLength;
                continue;
            }

            if (unit is { } half && char.IsSurrogate(half))
            {
                copy ??= text.ToArray();
                "\\ufffd"u8.CopyTo(copy.AsSpan(at));
            }

            // A backslash takes the meaning from the character after it, which may be another one.
            at += unit is null ? 2 : EscapeLength;
        }

        return copy ?? text;
    }

    private static int Next(ReadOnlySpan<byte> text, int from) =>
        from < text.Length && text[from..].IndexOf((byte)'\\') is var found and >= 0 ? from + found : -1;

    // The UTF-16 unit that an escape stands for; null where there is none.
    private static char? UnitAt(ReadOnlySpan<byte> text, int at) =>
        at + EscapeLength <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
