using System.Text.RegularExpressions;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.BuildContexts;

/// <summary>A step that fails because the context is another than it was written for: the error says which folder has what was wanted.</summary>
public sealed class ContextAdviceTests
{
    [TestCase("App/App.csproj", "{root}/src has App/App.csproj: write <BuildKitContext>..</BuildKitContext>")]
    [TestCase("/repo/App/App.csproj", "{root}/src has App/App.csproj")]
    [TestCase("../Lib/Lib.csproj", "{root}/src has Lib/Lib.csproj")]
    [TestCase("Shop.sln", "{root} has Shop.sln: write <BuildKitContext>../..</BuildKitContext>")]
    [TestCase("package.json", "{root}/src/App/client has package.json: write <BuildKitContext>client</BuildKitContext>")]
    [TestCase("App.csproj", "")]
    [TestCase("Gone.csproj", "")]
    public void The_folder_that_has_it_is_named(string wanted, string expected)
    {
        using var folder = Repository();
        var advice = Of(folder, wanted);
        // What follows the root is a path of this system.
        var there = Regex.Replace(expected, @"\{root\}(\S*)(?=[ :])", match => folder.Full("r" + match.Groups[1].Value));
        Assert.That(advice,
            expected.Length == 0
                ? Is.Empty
                : Does.Contain(there).And.StartWith($" The context was {folder.Full("r/src/App")} (DockerfileContext);"));
    }

    [TestCase("MSBUILD : error MSB1009: Project file does not exist.\nSwitch: App/App.csproj", "App/App.csproj")]
    [TestCase("/src/App.csproj : error MSB3202: The project file \"/Lib/Lib.csproj\" was not found.", "/Lib/Lib.csproj")]
    [TestCase("python: can't open file '/app/main.py': [Errno 2] No such file or directory", "/app/main.py")]
    [TestCase("npm error enoent ENOENT: no such file or directory, open '/app/package.json'", "/app/package.json")]
    [TestCase("ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'", "requirements.txt")]
    [TestCase("/bin/sh: 1: ./build.sh: not found", "./build.sh")]
    [TestCase("cat: scripts/a.txt: No such file or directory", "scripts/a.txt")]
    [TestCase("MSBUILD : error MSB1003: Specify a project or solution file.", "*.csproj")]
    public void What_a_program_did_not_find_is_read_from_its_output(string output, string path) =>
        Assert.That(MissingFiles.In(output.Split('\n'))[0], Is.EqualTo(path));

    [TestCase("error CS0246: The type or namespace name 'X' could not be found")]
    [TestCase("npm error code EUSAGE")]
    public void Other_failures_name_no_file(string output) => Assert.That(MissingFiles.In([output]), Is.Empty);

    [Test]
    public void A_COPY_that_fails_says_where_its_source_is()
    {
        using var folder = Repository();
        var found = EngineErrorClassifier.Classify(
            new BuildxResult(1,
                ["Dockerfile:2", "--------------------", "   1 |     FROM debian", "   2 | >>> COPY App/App.csproj .", "--------------------",
                "ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "
                    + "\"/App/App.csproj\": not found"], new BuildGraph()),
            new FailureContext(folder.Full("r/src/App/Dockerfile"), folder.Full("r/src/App"), [], "", "")
            { OtherContextOf = wanted => Of(folder, [.. wanted]) }).Single();
        Assert.That((found.Code, found.Location!.Line), Is.EqualTo(("BK3102", 2)));
        Assert.That(found.Message, Does.Contain($"{folder.Full("r/src")} has App/App.csproj"));
    }

    private static TestFolder Repository()
    {
        var folder = new TestFolder();
        folder.Make("r/.git");
        folder.Write("r/Shop.sln");
        folder.Write("r/src/App/Dockerfile");
        folder.Write("r/src/App/App.csproj");
        folder.Write("r/src/App/client/package.json");
        folder.Write("r/src/Lib/Lib.csproj");
        return folder;
    }

    private static string Of(TestFolder folder, params string[] wanted) => ContextAdvice.Of(
        folder.Full("r/src/App/Dockerfile"), folder.Full("r/src/App/App.csproj"), new ContextChoice(folder.Full("r/src/App"), "DockerfileContext"),
        wanted);
}
