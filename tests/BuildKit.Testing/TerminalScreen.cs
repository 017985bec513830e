using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BuildKit.Testing;

/// <summary>What stands on a terminal after a program has written and redrawn it: as much of ECMA-48 as MSBuild's terminal logger uses.</summary>
public sealed partial class TerminalScreen
{
    private readonly List<StringBuilder> lines = [new()];
    private int row;
    private int column;

    /// <summary>The lines that are left, blank ones out.</summary>
    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.ToString().TrimEnd()).Where(line => line.Length > 0)];

    /// <summary>Runs a program in a terminal of 240 columns (util-linux' <c>script</c> gives it one), and plays what it wrote.</summary>
    public static async Task<(int ExitCode, string Written, IReadOnlyList<string> Lines)> RunAsync(string command, string folder,
        IReadOnlyDictionary<string, string> environment)
    {
        var result = await Command.RunAsync(
            "script", ["-qec", $"stty cols 240 rows 50; {command}", "/dev/null"], folder,
            new Dictionary<string, string>(environment) { ["TERM"] = "xterm-256color" });
        TestContext.Out.WriteLine(result.Output);
        var screen = new TerminalScreen();
        screen.Write(result.Output);
        return (result.ExitCode, result.Output, screen.Lines);
    }

    /// <summary>Takes what a program wrote.</summary>
    public void Write(string text)
    {
        foreach (Match part in Parts().Matches(text))
        {
            if (part.Groups["letter"].Success)
            {
                Control(part.Groups["letter"].Value[0],
                    int.TryParse(part.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
            }
            else if (part.Value is "\n")
            {
                // A terminal adds the return; what comes through a pipe has lost it.
                (row, column) = (row + 1, 0);
            }
            else if (part.Value is "\r")
            {
                column = 0;
            }
            else if (part.Value[0] != '\x1b')
            {
                Put(part.Value);
            }
        }
    }

    private void Control(char letter, int number)
    {
        switch (letter)
        {
            case 'A':
                row = Math.Max(0, row - Math.Max(1, number));
                break;
            case 'F':
                (row, column) = (Math.Max(0, row - Math.Max(1, number)), 0);
                break;
            case 'G':
                column = Math.Max(1, number) - 1;
                break;
            case 'C':
                column += Math.Max(1, number);
                break;
            case 'D':
                column = Math.Max(0, column - Math.Max(1, number));
                break;
            case 'K' when number == 0:
                Line().Length = Math.Min(Line().Length, column);
                break;
            case 'J' when number == 0:
                Line().Length = Math.Min(Line().Length, column);
                lines.RemoveRange(row + 1, lines.Count - row - 1);
                break;
        }
    }

    private void Put(string text)
    {
        var line = Line();
        line.Append(' ', Math.Max(0, column - line.Length));
        line.Remove(column, Math.Min(text.Length, line.Length - column)).Insert(column, text);
        column += text.Length;
    }

    private StringBuilder Line()
    {
        while (lines.Count <= row)
        {
            lines.Add(new StringBuilder());
        }

        return lines[row];
    }

    // A control sequence, an operating system command (links, progress), a line's end, or text.
    [GeneratedRegex(@"\x1b\[[?>]?(?<number>[0-9]*)(?:;[0-9]*)*(?<letter>[A-Za-z])|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)|\x1b.|[\r\n]|[^\x1b\r\n]+")]
    private static partial Regex Parts();
}
