using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildKit.Tasks.Tests;

/// <summary>The `max_line_length` of `.editorconfig`, which no analyzer of the SDK checks.</summary>
public sealed partial class LineLengthTests
{
    private static readonly int Limit = int.Parse(
        MaxLineLength().Match(File.ReadAllText(Repository.PathOf(".editorconfig"))).Groups[1].Value, CultureInfo.InvariantCulture);

    [TestCase("src")]
    [TestCase("tests")]
    public void No_line_of_code_is_longer_than_the_limit(string folder)
    {
        var tooLong = Repository.Files(folder, "*.cs").SelectMany(file => LongLines(File.ReadAllText(file))
            .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}({line})"));
        Assert.That(tooLong, Is.Empty);
    }

    [Test]
    public void A_long_line_of_code_is_found_and_long_quoted_text_is_let_pass()
    {
        var text = new string('x', Limit);
        Assert.That(LongLines($"short\nvar a = {text};\nvar b = \"{text}\";\nvar c = \"\"\"\n    {text}\n    \"\"\" + {text};"),
            Is.EqualTo(new[] { 2, 6 }));
    }

    // A recorded answer, a project or a script is quoted as it is: breaking a line of it would change it.
    private static IEnumerable<int> LongLines(string code)
    {
        var quoted = false;
        foreach (var (index, line) in code.Split('\n').Index())
        {
            var wasQuoted = quoted;
            quoted ^= line.Split("\"\"\"").Length % 2 == 0;
            if (line.Length > Limit && !(wasQuoted && quoted) && Literal().Matches(line).Sum(match => match.Length) * 2 < line.Length)
            {
                yield return index + 1;
            }
        }
    }

    [GeneratedRegex(@"^max_line_length = (\d+)", RegexOptions.Multiline)]
    private static partial Regex MaxLineLength();

    [GeneratedRegex("\"\"\".*?\"{3,}|\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();
}
