using System.Reflection;
using System.Text.RegularExpressions;
using BuildKit.Core.Requests;

namespace BuildKit.Tasks.Tests;

/// <summary>Who may use whom, and what no code of the product does.</summary>
public sealed partial class LayeringTests
{
    /// <summary>
    /// The folders of the core, from the bottom up. A folder uses folders of lower levels only, so there is no cycle; a new
    /// arrow upwards fails, and the folder or the code moves.
    /// </summary>
    private static readonly (string Folders, string Meaning)[] Levels =
    [
        ("Systems", "What differs between Linux, macOS and Windows: how paths compare, where Docker is, what to advise, what is locked."),
        ("Diagnostics Dockerfiles Environments Json",
            "The vocabulary: what can be reported, how a Dockerfile is read, the environment of a build, how JSON is read."),
        ("ContinuousIntegration Images Processes Progress Projects Yaml",
            "What is given: the CI system, names of images, programs, BuildKit's stream, what a project says, YAML."),
        ("BuildContexts", "What is sent: the files of a context, and which folder it is."),
        ("CacheReferences EngineMessages Registries Reports",
            "What it means: a reference of a cache, a message of the engine, a registry's answers, a report about steps."),
        ("DockerfileChecks Engines", "Who is asked first: our checks of a Dockerfile, the engine's API."),
        ("Drivers PublishOutputs", "What an image is made with and of: what a driver can do, what a publish left."),
        ("Builders Requests", "The two sides of a build: the builder that is chosen or made, and the request."),
        ("Results Settings Staging", "Around a request: it is read from settings, its files are staged, its result is read back."),
        ("DevSpace UpToDateChecks WrittenDockerfiles",
            "What needs whole requests: other files that describe images, the look whether something changed, a Dockerfile to leave with."),
        ("Caches Compose", "Which caches a planned build reads and writes; compose files, which share DevSpace's form of an image."),
        ("Builds Doctor Pruning", "What runs: a build, an examination of the machine, the clean-up of caches."),
        ("Bakes", "Many builds at once."),
    ];

    private static IEnumerable<string> Folders => Directory.GetDirectories(Repository.PathOf("src/BuildKit.Core"))
        .Select(folder => Path.GetFileName(folder)).Where(folder => folder is not ("bin" or "obj")).Order(StringComparer.Ordinal);

    [Test]
    public void Every_folder_of_the_core_has_one_level() =>
        Assert.That(Levels.SelectMany(level => level.Folders.Split(' ')), Is.EquivalentTo(Folders));

    [TestCaseSource(nameof(Folders))]
    public void A_folder_uses_folders_of_lower_levels_only(string folder)
    {
        var names = string.Join('|', Folders);
        var level = LevelOf(folder);
        var upwards = Repository.Files("src/BuildKit.Core/" + folder, "*.cs").SelectMany(file => Regex.Matches(
                Code(file), $@"BuildKit\.Core\.({names})\b|(?<![\w."">])({names})\.[A-Z]")
            .Select(match => match.Groups[1].Value + match.Groups[2].Value)
            .Where(used => used != folder && LevelOf(used) >= level)
            .Select(used => $"{Path.GetFileName(file)} -> {used}")).Distinct();
        Assert.That(upwards, Is.Empty);
    }

    private static int LevelOf(string folder) => Array.FindIndex(Levels, level => level.Folders.Split(' ').Contains(folder));

    [Test]
    public void The_core_knows_no_MSBuild() =>
        Assert.That(typeof(BuildRequest).Assembly.GetReferencedAssemblies().Select(name => name.Name),
            Has.None.StartsWith("Microsoft.Build").And.Not.Empty);

    private static IEnumerable<Type> Tasks =>
        typeof(BuildKitTask).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BuildKitTask)) && !type.IsAbstract);

    [TestCaseSource(nameof(Tasks))]
    public void A_task_is_an_adapter_of_at_most_60_lines_and_many_parameters_stand_beside_it(Type task)
    {
        var lines = File.ReadAllLines(Repository.PathOf($"src/BuildKit.Tasks/{task.Name}.cs"))
            .Count(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal));
        Assert.That(lines, Is.InRange(10, 60));
        var parameters = task.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Length;
        Assert.That(parameters <= 6 || File.Exists(Repository.PathOf($"src/BuildKit.Tasks/{task.Name}.Parameters.cs")), Is.True,
            $"{parameters} parameters");
    }

    [Test]
    public void Only_Processes_starts_a_process() =>
        Assert.That(FilesWith(ProcessStart()), Is.EqualTo(new[] { "src/BuildKit.Core/Processes/ProgramStart.cs" }));

    // A thread of the pool that waits for another one of the pool: with many projects at once, nobody is left to do the work.
    [Test]
    public void Only_the_call_of_MSBuild_waits_for_what_is_asynchronous() =>
        Assert.That(FilesWith(BlockingWait()), Is.EqualTo(new[] { "src/BuildKit.Tasks/BuildKitTask.cs" }));

    [Test]
    public void And_it_waits_once() =>
        Assert.That(BlockingWait().Count(Code(Repository.PathOf("src/BuildKit.Tasks/BuildKitTask.cs"))), Is.EqualTo(1));

    [TestCase("RunAsync().GetAwaiter().GetResult();")]
    [TestCase("RunAsync().ConfigureAwait(false)\n    .GetAwaiter()\n    .GetResult();")]
    [TestCase("var x = FindAsync(a, b(c)).Result;")]
    [TestCase("FindAsync().Wait();")]
    [TestCase("Task.WaitAll(a, b);")]
    public void The_rule_about_waiting_sees(string code) => Assert.That(BlockingWait().IsMatch(code), Is.True);

    [TestCase("await RunAsync().ConfigureAwait(false);")]
    [TestCase("ended.Wait(cancellation);")]
    [TestCase("await Task.WhenAll(a, b);")]
    public void The_rule_about_waiting_lets_pass(string code) => Assert.That(BlockingWait().IsMatch(code), Is.False);

    [Test]
    public void Nothing_touches_what_belongs_to_the_whole_process() => Assert.That(FilesWith(ProcessState()), Is.Empty);

    [TestCase("Console.WriteLine(1);")]
    [TestCase("Environment.SetEnvironmentVariable(a, b);")]
    [TestCase("Environment.CurrentDirectory = x;")]
    [TestCase("Directory.SetCurrentDirectory(x);")]
    [TestCase("Environment.Exit(1);")]
    public void The_rule_above_sees(string code) => Assert.That(ProcessState().IsMatch(code), Is.True);

    private static IEnumerable<string> FilesWith(Regex pattern) => Repository.Files("src", "*.cs")
        .Where(file => pattern.IsMatch(Code(file))).Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

    private static string Code(string file) =>
        string.Join('\n', File.ReadAllLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"\busing CliWrap|\bCli\.Wrap|\bProcessStartInfo\b|\bProcess\.(Start|GetProcess)|\bnew Process\b")]
    private static partial Regex ProcessStart();

    [GeneratedRegex(@"GetAwaiter\(\)|Async\([^;]*\)\s*\.(Result\b|Wait\()|\bTask\.Wait(All|Any)\b")]
    private static partial Regex BlockingWait();

    [GeneratedRegex(@"\bConsole\.|\bEnvironment\.(SetEnvironmentVariable|CurrentDirectory|Exit|FailFast)|\bDirectory\.SetCurrentDirectory")]
    private static partial Regex ProcessState();
}
