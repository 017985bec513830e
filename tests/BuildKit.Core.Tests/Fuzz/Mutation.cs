using System.Text;

namespace BuildKit.Core.Tests.Fuzz;

/// <summary>Changes a good input into one that nobody wrote on purpose.</summary>
internal static class Mutation
{
    private static readonly byte[][] Scraps = [.. new[]
    {
        "\"", "'", "\\", "{", "}", "[", "]", ":", ",", "null", "true", "-1", "0", "1e999", "99999999999999999999", "\\ud800", "\\udc00x", "\\u0000",
        "\n", "\r\n",
        "\t", "\0", "#", "//", "*", "**", "?", "[^a-", "(?<", "((a+)+)+$", "$", "${", "${A:-", "$$", "`", "<<EOF\n", "<<-", "ONBUILD ", "FROM ",
        "--from=", "=", ";", "|",
        "../", "~", "&a ", "*a", "<<: ", "!!binary ", "---\n", "%", "\uFEFF", "\u2028", "e\u0301", "<a>", "</", "&#0;",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    }.Select(Encoding.UTF8.GetBytes), [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf0, 0x9f],
        [0x00, 0x00, 0x00, 0x00], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]];

    public static byte[] Of(IReadOnlyList<byte[]> seeds, Random random)
    {
        var input = seeds[random.Next(seeds.Count)];
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(input.Length + 1);
            var length = Math.Min(random.Next(1, 40), input.Length - at);
            input = random.Next(8) switch
            {
                0 => [.. input[..at], .. input[(at + length)..]],
                1 => [.. input[..(at + length)], .. input[at..]],
                2 => [.. input[..at], .. Scraps[random.Next(Scraps.Length)], .. input[at..]],
                3 => at < input.Length ? [.. input[..at], (byte)random.Next(256), .. input[(at + 1)..]] : input,
                4 => Spliced(input, seeds[random.Next(seeds.Count)], random),
                5 => input[..at],
                6 => [.. input[..at], .. Repeated(input.AsSpan(at, Math.Min(length, 12)), random.Next(2, 500)), .. input[at..]],
                _ => [.. input[..at], .. Repeated(Scraps[random.Next(Scraps.Length)], random.Next(2, 500)), .. input[at..]],
            };
        }

        return input;
    }

    // The beginning of one and the end of the other.
    private static byte[] Spliced(byte[] input, byte[] other, Random random) =>
        [.. input[..random.Next(input.Length + 1)], .. other[random.Next(other.Length + 1)..]];

    private static byte[] Repeated(ReadOnlySpan<byte> part, int times)
    {
        var bytes = new byte[part.Length * times];
        for (var i = 0; i < times; i++)
        {
            part.CopyTo(bytes.AsSpan(i * part.Length));
        }

        return bytes;
    }
}
