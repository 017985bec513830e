namespace BuildKit.Tasks.EngineTests.Documents;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The word behind its fence.</param>
/// <param name="Text">Its lines.</param>
/// <param name="Line">Number of its first line in the page.</param>
public sealed record MarkdownBlock(string Language, string Text, int Line)
{
    /// <summary>The file that it is, by the comment in its first line; empty when there is none.</summary>
    public string File => Text.Split('\n')[0] switch
    {
        var line when line.StartsWith("<!-- ", StringComparison.Ordinal) && line.EndsWith(" -->", StringComparison.Ordinal) => line[5..^4],
        var line when line.StartsWith("# ", StringComparison.Ordinal) => line[2..],
        var line when line.StartsWith("// ", StringComparison.Ordinal) => line[3..],
        _ => "",
    };

    /// <summary>The blocks of a page, in order.</summary>
    public static IReadOnlyList<MarkdownBlock> Of(string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var blocks = new List<MarkdownBlock>();
        var lines = page.ReplaceLineEndings("\n").Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            var fence = lines[number].TrimStart();
            if (!fence.StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var indent = lines[number].Length - fence.Length;
            var end = Array.FindIndex(lines, number + 1, line => line.Trim() == "```");
            Assert.That(end, Is.Positive, $"The block at line {number + 1} has no end.");
            var text = lines[(number + 1)..end].Select(line => line.Length >= indent ? line[indent..] : line);
            blocks.Add(new MarkdownBlock(fence[3..].Trim(), string.Join('\n', text), number + 2));
            number = end;
        }

        return blocks;
    }
}
