using System.Reflection;
using System.Text.RegularExpressions;
using BuildKit.Core.Builds;

namespace BuildKit.Tasks.Tests;

/// <summary>Who may use whom, and what no code of the product does.</summary>
public sealed partial class LayeringTests
{
    /// <summary>The siblings that each folder of the core uses. Taking one away is progress; adding one is a decision.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Bakes"] = "Builders Builds Diagnostics Dockerfiles Images Json Processes Progress Registries Reports",
        ["BuildContexts"] = "Diagnostics Dockerfiles Yaml",
        ["Builders"] = "Certificates Diagnostics Engines Images Json Processes Registries Reports Settings",
        ["Builds"] = "BuildContexts Builders CacheReferences Diagnostics DockerfileChecks Dockerfiles Engines Images Json Processes Progress PublishOutputs Registries Reports",
        ["CacheReferences"] = "Builders Builds ContinuousIntegration Diagnostics Images Json Progress PublishOutputs Registries Reports Settings",
        ["Certificates"] = "",
        ["ContinuousIntegration"] = "Json",
        ["Compose"] = "Builds DevSpace Diagnostics Images Settings Yaml",
        ["DevSpace"] = "BuildContexts Builds CacheReferences Diagnostics Dockerfiles Images Processes Settings Yaml",
        ["Diagnostics"] = "Images Progress",
        ["DockerfileChecks"] = "BuildContexts Diagnostics Dockerfiles Json Reports",
        ["Dockerfiles"] = "",
        ["Doctor"] = "Builders Builds CacheReferences Diagnostics Engines Images Json Processes Registries Reports Settings",
        ["Engines"] = "Certificates Images Json Registries",
        ["Images"] = "",
        ["Json"] = "",
        ["Processes"] = "Diagnostics Json Registries",
        ["Progress"] = "Diagnostics Json",
        ["PublishOutputs"] = "BuildContexts Builders Builds Diagnostics Engines Images Json Processes Registries",
        ["Registries"] = "Certificates Diagnostics Images Json Processes",
        ["Reports"] = "BuildContexts Diagnostics Dockerfiles Images Json Progress",
        ["Settings"] = "BuildContexts Builds ContinuousIntegration Diagnostics Dockerfiles Images PublishOutputs",
        ["Pruning"] = "CacheReferences Diagnostics Images Json Registries Reports",
        ["Yaml"] = "Diagnostics Dockerfiles",
    };

    private static IEnumerable<string> Folders => Directory.GetDirectories(Repository.PathOf("src/BuildKit.Core"))
        .Select(folder => Path.GetFileName(folder)).Where(folder => folder is not ("bin" or "obj")).Order(StringComparer.Ordinal);

    [Test]
    public void Every_folder_of_the_core_has_its_rule() => Assert.That(Allowed.Keys, Is.EquivalentTo(Folders));

    [TestCaseSource(nameof(Folders))]
    public void A_folder_uses_the_siblings_it_may(string folder)
    {
        var names = string.Join('|', Folders);
        var used = Repository.Files("src/BuildKit.Core/" + folder, "*.cs").SelectMany(file => Regex.Matches(
                Code(file), $@"BuildKit\.Core\.({names})\b|(?<![\w.""])({names})\.[A-Z]").Select(match => match.Groups[1].Value + match.Groups[2].Value))
            .Where(used => used != folder).Distinct().Order(StringComparer.Ordinal);
        Assert.That(string.Join(' ', used), Is.EqualTo(Allowed[folder]));
    }

    [Test]
    public void The_core_knows_no_MSBuild() =>
        Assert.That(typeof(BuildRequest).Assembly.GetReferencedAssemblies().Select(name => name.Name), Has.None.StartsWith("Microsoft.Build").And.Not.Empty);

    private static IEnumerable<Type> Tasks => typeof(BuildKitTask).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BuildKitTask)) && !type.IsAbstract);

    [TestCaseSource(nameof(Tasks))]
    public void A_task_is_an_adapter_of_at_most_60_lines_and_many_parameters_stand_beside_it(Type task)
    {
        var lines = File.ReadAllLines(Repository.PathOf($"src/BuildKit.Tasks/{task.Name}.cs")).Count(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal));
        Assert.That(lines, Is.InRange(10, 60));
        var parameters = task.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Length;
        Assert.That(parameters <= 6 || File.Exists(Repository.PathOf($"src/BuildKit.Tasks/{task.Name}.Parameters.cs")), Is.True, $"{parameters} parameters");
    }

    [Test]
    public void Only_Processes_starts_a_process() => Assert.That(FilesWith(ProcessStart()), Is.EqualTo(new[]
    {
        "src/BuildKit.Core/Processes/CredentialHelper.cs", "src/BuildKit.Core/Processes/DockerCli.cs",
        "src/BuildKit.Core/Processes/ShellCommand.cs",
    }));

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

    [GeneratedRegex(@"\bConsole\.|\bEnvironment\.(SetEnvironmentVariable|CurrentDirectory|Exit|FailFast)|\bDirectory\.SetCurrentDirectory")]
    private static partial Regex ProcessState();
}
