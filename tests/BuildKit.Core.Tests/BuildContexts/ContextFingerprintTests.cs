using BuildKit.Core.BuildContexts;

namespace BuildKit.Core.Tests.BuildContexts;

public sealed class ContextFingerprintTests
{
    /// <summary>Each change gets a context with a file "a" (content "12345"), "d/b", an empty folder "empty" and a link "link" to "a".</summary>
    private static readonly Dictionary<string, Action<TestFolder>> Changes = new()
    {
        ["content"] = folder => folder.Write("a", "something else"),
        ["content_of_the_same_size"] = folder => folder.Write("a", "54321"),
        ["added_file"] = folder => folder.Write("d/c"),
        ["added_folder"] = folder => folder.Make("d/e"),
        ["removed_file"] = folder => File.Delete(folder.Full("d/b")),
        ["removed_folder"] = folder => Directory.Delete(folder.Full("empty")),
        ["renamed_file"] = folder => File.Move(folder.Full("a"), folder.Full("b")),
        ["another_case_of_a_name"] = folder =>
        {
            File.Delete(folder.Full("a"));
            folder.Write("A", "12345");
        },
        ["moved_file"] = folder => File.Move(folder.Full("a"), folder.Full("d/a")),
        ["folder_in_place_of_a_file"] = folder =>
        {
            File.Delete(folder.Full("d/b"));
            folder.Make("d/b");
        },
    };

    private static readonly Dictionary<string, Action<TestFolder>> Modes = new()
    {
        ["mode"] = folder => folder.SetMode("a", 0b111_000_000),
        ["mode_of_others"] = folder => folder.SetMode("a", 0b110_100_110),
        ["mode_of_a_folder"] = folder => folder.SetMode("d", 0b111_000_000),
    };

    private static readonly Dictionary<string, Action<TestFolder>> Links = new()
    {
        ["link_target"] = folder => Relink(folder, "link", "d"),
        ["link_in_place_of_a_file"] = folder => Relink(folder, "a", "12345"),
    };

    private static IEnumerable<string> Names => Changes.Keys;

    private static IEnumerable<string> NamesOfModes => Modes.Keys;

    private static IEnumerable<string> NamesOfLinks => Links.Keys;

    [TestCaseSource(nameof(Names))]
    public void Changes_with(string change) => Changes_by(Changes[change]);

    [TestCaseSource(nameof(NamesOfModes)), Platform(Exclude = "Win", Reason = "there are no modes")]
    public void Changes_with_the(string change) => Changes_by(Modes[change]);

    [TestCaseSource(nameof(NamesOfLinks)), NotUnderWine(Wine.Links)]
    public void Changes_with_a(string change) => Changes_by(Links[change]);

    private static void Changes_by(Action<TestFolder> change)
    {
        using var folder = Context();
        var table = FileTable.Empty();
        var before = Of(folder, table);
        change(folder);
        Assert.That(Of(folder, table), Is.Not.EqualTo(before));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Changes_with_an_edit_of_equal_size_whose_time_was_put_back(bool longAfter)
    {
        using var folder = Context();
        using var elsewhere = new TestFolder();
        var path = elsewhere.Full("table");
        // A table of tomorrow is not racy, so that only the time of change can tell; one of now is.
        FileTable Open() => FileTable.Read(path, DateTimeOffset.UtcNow.AddDays(longAfter ? 1 : 0));
        var before = Of(folder, Save(Open(), path, folder));
        var modified = File.GetLastWriteTimeUtc(folder.Full("a"));
        folder.Write("a", "54321");
        File.SetLastWriteTimeUtc(folder.Full("a"), modified);
        Assert.That(Of(folder, Open()), Is.Not.EqualTo(before));
    }

    [Test]
    public void Is_the_same_for_equal_content_in_another_folder_at_another_time()
    {
        using var one = Context();
        using var other = Context();
        File.SetLastWriteTimeUtc(other.Full("a"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Directory.SetLastWriteTimeUtc(other.Full("d"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(Of(other, FileTable.Empty()), Is.EqualTo(Of(one, FileTable.Empty())).And.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public void Does_not_change_with_what_is_ignored_or_excluded()
    {
        using var folder = Context();
        string Compute() => ContextFingerprint.OfDirectory(folder.Path, DockerIgnore.Parse("**/*.log"), FileTable.Empty(), [folder.Full("obj")]);
        var before = Compute();
        folder.Write("d/x.log");
        folder.Write("obj/x");
        Assert.That(Compute(), Is.EqualTo(before));
    }

    [Test]
    public void Takes_an_unchanged_file_from_the_table_without_opening_it()
    {
        using var folder = Context();
        using var elsewhere = new TestFolder();
        var path = elsewhere.Full("table");
        Save(FileTable.Empty(DateTimeOffset.UtcNow.AddDays(1)), path, folder);
        // Other hashes in the table show in the result only if they are used.
        var written = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("12345"u8));
        File.WriteAllText(path, File.ReadAllText(path).Replace(written, Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));
        Assert.That(Of(folder, FileTable.Read(path)), Is.Not.EqualTo(Of(folder, FileTable.Empty())));
    }

    [Test]
    public void Is_never_the_same_twice_when_something_cannot_be_read()
    {
        ContextEntry[] entries = [new("a", "/no/such/file", new FileStamp(FileKind.File, 1, 1, 1, 1, 1, null))];
        var first = ContextFingerprint.Of(entries, FileTable.Empty());
        Assert.That(ContextFingerprint.Of(entries, FileTable.Empty()), Is.Not.EqualTo(first));
    }

    [Test]
    public void Of_one_file_is_that_of_its_content()
    {
        using var folder = Context();
        var table = FileTable.Empty();
        var hash = ContextFingerprint.OfFile(folder.Full("a"), table);
        Assert.Multiple(() =>
        {
            Assert.That(hash, Is.EqualTo("5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5"), "SHA-256 of 12345");
            Assert.That(ContextFingerprint.OfFile(folder.Full("missing"), table), Is.Empty);
            Assert.That(ContextFingerprint.OfFile(folder.Write("a", "54321"), table), Is.Not.EqualTo(hash));
        });
    }

    [Test, NotUnderWine(Wine.Links)]
    public void Of_a_link_is_that_of_what_it_leads_to()
    {
        using var folder = Context();
        var table = FileTable.Empty();
        Assert.That(ContextFingerprint.OfFile(folder.Full("link"), table),
            Is.EqualTo(ContextFingerprint.OfFile(folder.Full("a"), table)).And.Not.Empty);
    }

    [Test]
    public void A_file_larger_than_the_buffer_is_hashed_whole()
    {
        using var folder = new TestFolder();
        var bytes = new byte[(3 * 128 * 1024) + 17];
        Random.Shared.NextBytes(bytes);
        File.WriteAllBytes(folder.Full("a"), bytes);
        Assert.That(FileHash.TryCompute(folder.Full("a")), Is.EqualTo(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    private static TestFolder Context()
    {
        var folder = new TestFolder();
        folder.Write("a", "12345");
        folder.Write("d/b", "b");
        folder.Make("empty");
        File.CreateSymbolicLink(folder.Full("link"), "a");
        return folder;
    }

    private static FileTable Save(FileTable table, string path, TestFolder folder)
    {
        Of(folder, table);
        table.Write(path);
        return table;
    }

    private static string Of(TestFolder folder, FileTable table) => ContextFingerprint.OfDirectory(folder.Path, DockerIgnore.None, table);

    private static void Relink(TestFolder folder, string name, string target)
    {
        File.Delete(folder.Full(name));
        File.CreateSymbolicLink(folder.Full(name), target);
    }
}
