namespace BuildKit.Core.Tests.DevSpace;

public sealed class DevSpaceCorpusTests
{
    private static string Corpus => SourceFolder.Of("DevSpace/Corpus");

    private static IEnumerable<TestCaseData> Cases =>
        Directory.EnumerateFiles(Corpus, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
            .Select(name => name is "commands" or "error-command-failed" ? NeedsShell(new TestCaseData(name)) : new TestCaseData(name));

    /// <summary>A case whose file has commands, which a POSIX shell runs.</summary>
    internal static TestCaseData NeedsShell(TestCaseData one) => one.SetCategory("NotUnderWine").SetProperty("Reason", Wine.Shell);

    [TestCaseSource(nameof(Cases))]
    public void File_gives_what_is_written_beside_it(string name)
    {
        using var file = new CorpusCase(Path.Combine(Corpus, name + ".yaml"));
        var found = file.Describe();
        var golden = Path.Combine(Corpus, name + ".txt");
        if (Environment.GetEnvironmentVariable("BUILDKIT_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, found);
        }

        Assert.That(
            found, Is.EqualTo(File.Exists(golden) ? TestFolder.Slashes(File.ReadAllText(golden)) : ""),
            "run the tests with BUILDKIT_UPDATE_GOLDEN=1");
    }

    [Test]
    public void Files_named_error_have_an_error_and_no_others_have()
    {
        var wrong = Directory.EnumerateFiles(Corpus, "*.txt").Where(golden =>
            File.ReadLines(golden).Any(line => line.StartsWith("error BK", StringComparison.Ordinal))
            != Path.GetFileName(golden).StartsWith("error-", StringComparison.Ordinal));
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Errors_name_line_and_column() =>
        Assert.That(
            Directory.EnumerateFiles(Corpus, "error-*.txt").SelectMany(File.ReadLines)
                .Where(line => line.StartsWith("error ", StringComparison.Ordinal)),
            // A profile that the project names is in no line of the file.
            Is.Not.Empty.And.All.Match(@"\([1-9][0-9]*,[1-9][0-9]*\): |BK6106|BK6107.*profiles"));
}
