using BuildKit.Core.DevSpace;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>
/// One case of a table: <c>##</c> its name, <c>from:</c> where the expected value is known from, <c>with:</c> what it is
/// read with, the file itself, and <c>=&gt;</c> what must come out.
/// </summary>
internal sealed record TableCase(string Name, string Source, IReadOnlyList<string> With, string Text, IReadOnlyList<string> Expected)
{
    /// <summary>The cases of all tables in a folder.</summary>
    public static IReadOnlyList<TableCase> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(Read)];

    public override string ToString() => Name;

    /// <summary>The values of an option, for example <c>with: env A=1</c>.</summary>
    public IEnumerable<string> Options(string name) =>
        With.Where(option => option == name || option.StartsWith(name + " ", StringComparison.Ordinal))
            .Select(option => option[name.Length..].Trim());

    /// <summary>Options of the form <c>NAME=VALUE</c>.</summary>
    public Dictionary<string, string> Pairs(string name) =>
        Options(name).Select(option => option.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>What a case of devspace.yaml is read with.</summary>
    public DevSpaceOptions DevSpaceOptions(TestFolder folder) => new()
    {
        Profiles = [.. Options("profiles").SelectMany(value => value.Split(' '))],
        Variables = Pairs("var"),
        AllowCommands = Options("commands").Any(),
        TagsAreGiven = Options("tags").Any(),
        ProfileActivation = !Options("no-activation").Any(),
        Registry = Options("registry").FirstOrDefault(""),
        Environment = new BuildEnvironment(Pairs("env"))
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = "/home/someone",
            ["USERPROFILE"] = "/home/someone",
        },
        IntermediateFolder = folder.Full("p/obj"),
    };

    /// <summary>Writes the file and those beside it: <c>with: file PATH TEXT</c>, in which <c>\n</c> is a new line.</summary>
    public string Write(TestFolder folder, string name)
    {
        foreach (var option in Options("file").Select(option => option.Split(' ', 2)))
        {
            folder.Write("p/" + option[0], option.Length == 2 ? option[1].Replace("\\n", "\n", StringComparison.Ordinal) : "");
        }

        return folder.Write("p/" + name, Text);
    }

    /// <summary>Holds what came out against what is expected.</summary>
    /// <param name="images">Name of each image, with its facts.</param>
    /// <param name="found">What was reported: errors and warnings must all be expected, messages may be.</param>
    public void Check(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> images, IReadOnlyList<Diagnostic> found)
    {
        Assert.That(Expected, Is.Not.Empty, "a case that expects nothing");
        var codes = Expected.Where(line => line.StartsWith("BK", StringComparison.Ordinal)).ToList();
        var reported = found.Select(diagnostic => (Text: $"{diagnostic.Code} {diagnostic.Location?.Line} {diagnostic.Message}", diagnostic.Severity))
            .ToList();
        bool Fits(string line, string code) => line.StartsWith(string.Join(' ', code.Split(' ').Take(2)) + " ", StringComparison.Ordinal)
            && line.Contains(string.Join(' ', code.Split(' ').Skip(2)), StringComparison.Ordinal);
        var everything = string.Join('\n', reported.Select(line => line.Text));
        Assert.Multiple(() =>
        {
            foreach (var code in codes)
            {
                Assert.That(reported.Exists(line => Fits(line.Text, code)), Is.True, $"expected {code}, and there was:\n{everything}");
            }

            Assert.That(reported.Where(line => line.Severity != DiagnosticSeverity.Message && !codes.Exists(code => Fits(line.Text, code)))
                .Select(line => line.Text), Is.Empty);
            foreach (var words in Expected.Except(codes).Select(line => line.Split(' ', 3)))
            {
                var actual = words[0] == "images" ? string.Join(' ', images.Keys)
                    : images.TryGetValue(words[0], out var facts) ? facts.GetValueOrDefault(words[1], "") : $"(there is no {words[0]})";
                var expected = words[0] == "images" ? string.Join(' ', words.Skip(1)) : words.Length == 3 ? words[2] : "";
                Assert.That(actual, Is.EqualTo(expected), $"{string.Join(' ', words.Take(2))}; reported:\n{everything}");
            }
        });
    }

    private static IEnumerable<TableCase> Read(string file)
    {
        foreach (var block in File.ReadAllText(file).Split("\n## ").Skip(1))
        {
            var lines = block.TrimEnd().Split('\n');
            string[] With(string mark) =>
                [.. lines.Skip(1).Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..].Trim())];
            var text = lines.Skip(1)
                .Where(line => !line.StartsWith("from:", StringComparison.Ordinal) && !line.StartsWith("with:", StringComparison.Ordinal)
                    && !line.StartsWith("=>", StringComparison.Ordinal));
            yield return new TableCase($"{Path.GetFileNameWithoutExtension(file)}: {lines[0].Trim()}", string.Join(' ', With("from:")),
                With("with:"), string.Join('\n', text) + "\n", With("=>"));
        }
    }
}
