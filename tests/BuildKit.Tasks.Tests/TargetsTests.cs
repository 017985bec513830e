using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildKit.Core.Tests;
using Microsoft.Build.Evaluation;

namespace BuildKit.Tasks.Tests;

/// <summary>Manners of build/, evaluated in process by the oldest MSBuild supported.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TargetsTests : IDisposable
{
    private static readonly string[] Hooks = ["_BuildKitPublish", "_BuildKitSkipInsideBuild", "_BuildKitClean", "_BuildKitPublishContainer"];

    // Written for the SDK: its outputs, the names that stand aside while it computes, and its way out.
    private static readonly string[] SdkNames =
    [
        "GeneratedContainer", "GeneratedContainerName", "GeneratedContainerManifest", "GeneratedContainerConfiguration",
        "GeneratedContainerDigest", "GeneratedContainerMediaType", "GeneratedArchiveOutputPath", "GeneratedImageIndex", "ContainerLabel",
        "ContainerRegistry", "RegistryUrl", "ContainerRepository", "ContainerImageName", "ContainerImageTag", "ContainerImageTags",
        "PublishImageTag", "AutoGenerateImageTag", "ContainerGenerateLabelsImageCreated", "_IsSingleRIDBuild", "_IsMultiRIDBuild",
    ];

    private readonly TestFolder folder = new();
    private readonly ProjectCollection collection = new();

    private static IEnumerable<string> Files => Repository.Files("build", "*.targets").Concat(Repository.Files("build", "*.props")).Select(file => Path.GetFileName(file));

    private static IEnumerable<string> Defaults => XDocument.Load(Repository.PathOf("build/BuildKit.Tasks.Defaults.targets"))
        .Descendants("PropertyGroup").Elements().Select(property => property.Name.LocalName).Distinct();

    public void Dispose()
    {
        collection.Dispose();
        folder.Dispose();
    }

    [TestCaseSource(nameof(Defaults))]
    public void The_users_value_wins(string property)
    {
        Assert.That(Evaluate("").GetPropertyValue(property), Is.Not.Empty.And.Not.EqualTo("mine"));
        Assert.That(Evaluate($"<{property}>mine</{property}>").GetPropertyValue(property), Is.EqualTo("mine"));
    }

    [TestCaseSource(nameof(Files))]
    public void Every_public_property_is_a_guarded_default_or_an_extended_list(string file)
    {
        foreach (var property in Load(file).Root!.Elements("PropertyGroup").Elements().Where(property => property.Name.LocalName.StartsWith("BuildKit", StringComparison.Ordinal)))
        {
            var name = property.Name.LocalName;
            Assert.That(
                property.Attribute("Condition")?.Value.Contains($"'$({name})' == ''", StringComparison.Ordinal) == true
                || (name.EndsWith("DependsOn", StringComparison.Ordinal) && property.Value.StartsWith($"$({name})", StringComparison.Ordinal)),
                Is.True, name);
        }
    }

    [TestCaseSource(nameof(Files))]
    public void What_is_not_public_begins_with_an_underscore(string file)
    {
        var project = Load(file);
        var names = project.Descendants("PropertyGroup").Elements().Concat(project.Descendants("ItemGroup").Elements()).Select(element => element.Name.LocalName)
            .Concat(project.Descendants("Target").Select(target => target.Attribute("Name")!.Value))
            .Concat(project.Descendants("Output").Select(output => (output.Attribute("ItemName") ?? output.Attribute("PropertyName"))!.Value))
            // The terminal logger shows a target's name while it runs: these are texts for people. ProjectReference is a solution's own.
            .Where(name => !SdkNames.Contains(name) && name is not ("building the image" or "baking the images" or "ProjectReference"));
        Assert.That(names, Has.All.Matches("^_?BuildKit[A-Z]"));
        Assert.That(project.Descendants("Target").Select(target => target.Attribute("Name")!.Value).Where(name => name[0] != '_' && name is not ("building the image" or "baking the images")), Has.All.Matches("^BuildKit(Bake|Build|Check|Doctor|Ensure|Export|Import|List|Prune|Resolve|Write)[A-Za-z]*$"));
    }

    [TestCaseSource(nameof(Files))]
    public void A_file_is_short_and_says_what_each_target_is_for(string file)
    {
        Assert.That(File.ReadAllLines(Repository.PathOf("build/" + file)), Has.Length.LessThanOrEqualTo(120));
        // A paragraph of targets begins with its comment.
        Assert.That(Regex.Matches(File.ReadAllText(Repository.PathOf("build/" + file)), @"(?:\n[ \t]*\n|<Project>\r?\n)[ \t]*(<Target Name=""[^""]+)").Select(match => match.Groups[1].Value), Is.Empty);
        Assert.That(Load(file).Descendants("CallTarget"), Is.Empty);
        Assert.That(Load(file).Descendants("Exec"), Is.Empty);
    }

    [Test]
    public void The_props_read_nothing_that_a_project_sets() => Assert.That(
        Regex.Matches(File.ReadAllText(Repository.PathOf("build/BuildKit.Tasks.props")), @"\$\((\w+)\)").Select(match => match.Groups[1].Value),
        Is.SubsetOf(new[] { "_BuildKitTasksAssembly", "MSBuildThisFileDirectory" }));

    [TestCase("BuildKitBuildImage")]
    [TestCase("BuildKitEnsureBuilder")]
    [TestCase("BuildKitResolveCaches")]
    public void A_public_target_can_be_extended(string target)
    {
        var project = Evaluate($"<{target}DependsOn>Mine</{target}DependsOn>");
        Assert.That(project.Targets[target].DependsOnTargets, Is.EqualTo($"$({target}DependsOn)"));
        Assert.That(project.GetPropertyValue(target + "DependsOn").Split(';')[0], Is.EqualTo("Mine"));
    }

    // A bake has a project of its own.
    [Test]
    public void Every_verb_can_be_called_in_a_multi_targeted_project()
    {
        static IEnumerable<string> Verbs(string folder) => Repository.Files(folder, "*.targets").SelectMany(file => XDocument.Load(file).Descendants("Target"))
            .Select(target => target.Attribute("Name")!.Value).Where(name => name.StartsWith("BuildKit", StringComparison.Ordinal) && !name.EndsWith("Bake", StringComparison.Ordinal));
        Assert.That(Verbs("nuget/buildMultiTargeting"), Is.EquivalentTo(Verbs("build")).And.Not.Empty);
    }

    [TestCase("yes", "", "_BuildKitPublish")]
    [TestCase("", "1", "_BuildKitPublishContainer")]
    public void A_switch_with_a_wrong_value_leads_to_the_plan_which_refuses_it(string enabled, string replace, string hook)
    {
        var project = Evaluate($"<BuildKitEnabled>{enabled}</BuildKitEnabled><BuildKitReplacePublishContainer>{replace}</BuildKitReplacePublishContainer>");
        Assert.That(project.Targets.Keys, Does.Contain(hook));
    }

    [TestCase("")]
    [TestCase("<DOCKER_HOST>tcp://engine:2375</DOCKER_HOST>", Description = "an engine can be reached from this container")]
    public void In_a_container_without_an_engine_nothing_is_built(string properties)
    {
        var hasEngine = properties.Length > 0 || Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || File.Exists("/var/run/docker.sock") || File.Exists("/usr/bin/docker") || File.Exists("/usr/local/bin/docker");
        var project = Evaluate("<BuildKitEnabled>true</BuildKitEnabled><DOTNET_RUNNING_IN_CONTAINER>true</DOTNET_RUNNING_IN_CONTAINER>" + properties);
        Assert.That(project.GetPropertyValue("_BuildKitInsideBuild"), Is.EqualTo(hasEngine ? "" : "true"));
        Assert.That(project.Targets["_BuildKitPublish"].Condition, Does.Contain("'$(_BuildKitInsideBuild)' != 'true'"));
        Assert.That(project.Targets["_BuildKitSkipInsideBuild"].Tasks.Select(task => task.Parameters["Importance"]), Is.EqualTo(new[] { "Low" }));
    }

    [TestCase("")]
    [TestCase("<BuildKitEnabled>false</BuildKitEnabled>")]
    [TestCase("<OutputType>Exe</OutputType><DockerfilePath>Dockerfile</DockerfilePath><UsingMicrosoftNETSdkWeb>true</UsingMicrosoftNETSdkWeb>")]
    public void Switched_off_no_hook_is_there(string properties)
    {
        var project = Evaluate(properties);
        Assert.That(project.Targets.Keys.Intersect(Hooks), Is.Empty);
        // Nor does any other target hang itself into the build.
        Assert.That(project.Targets.Values.Select(target => project.ExpandString(target.AfterTargets + target.BeforeTargets)), Has.All.Empty);
    }

    [TestCase("true", "", "Publish")]
    [TestCase("auto", "", "Publish")]
    [TestCase("yes", "", "Publish", Description = "refused by the plan, not passed over")]
    [TestCase("true", "<UsingMicrosoftNETSdkWeb>true</UsingMicrosoftNETSdkWeb>", "AfterPublish")]
    [TestCase("true", "<UsingMicrosoftNETSdkWorker>true</UsingMicrosoftNETSdkWorker>", "AfterPublish")]
    public void Switched_on_it_comes_after_the_last_file_is_published(string value, string properties, string expected)
    {
        var project = Evaluate($"<BuildKitEnabled>{value}</BuildKitEnabled>{properties}");
        var target = project.Targets["_BuildKitPublish"];
        Assert.That(project.ExpandString(target.AfterTargets), Is.EqualTo(expected));
        Assert.That(target.Condition, Does.Contain("'$(DesignTimeBuild)' != 'true'").And.Contain("'$(IsPublishable)' != 'false'").And.Contain("'$(IsTestProject)' != 'true'").And.Contain("'$(IsCrossTargetingBuild)' != 'true'"));
        Assert.That(project.Targets.Keys, Has.None.EqualTo("_BuildKitPublishContainer"));
        Assert.That(project.GetPropertyValue("_BuildKitEngineOptional"), Is.EqualTo(value == "auto" ? "true" : "false"));
    }

    [Test]
    public void PublishContainer_is_taken_over_by_its_own_switch_alone()
    {
        var project = Evaluate("<BuildKitReplacePublishContainer>true</BuildKitReplacePublishContainer>");
        Assert.That(project.Targets["_BuildKitPublishContainer"].BeforeTargets, Is.EqualTo("PublishContainer"));
        Assert.That(project.Targets.Keys, Has.None.EqualTo("_BuildKitPublish"));
        Assert.That(project.ExpandString(project.Targets["_BuildKitSetNamesAside"].BeforeTargets), Is.EqualTo("ComputeContainerBaseImage"));
    }

    [TestCase("<OutputType>Exe</OutputType>", "true")]
    [TestCase("<OutputType>Library</OutputType>", "")]
    [TestCase("<OutputType>WinExe</OutputType>", "")]
    [TestCase("<OutputType>Exe</OutputType><PackAsTool>true</PackAsTool>", "")]
    [TestCase("<OutputType>Exe</OutputType><IsAspireHost>true</IsAspireHost>", "")]
    [TestCase("<OutputType>Exe</OutputType><UsingMicrosoftNETSdkBlazorWebAssembly>true</UsingMicrosoftNETSdkBlazorWebAssembly>", "")]
    [TestCase("<OutputType>Exe</OutputType><TargetPlatformIdentifier>android</TargetPlatformIdentifier>", "")]
    [TestCase("<OutputType>Library</OutputType><BuildKitDockerfile>Dockerfile</BuildKitDockerfile>", "true")]
    [TestCase("<OutputType>Library</OutputType><DockerfileFile>Dockerfile</DockerfileFile>", "true")]
    [TestCase("<BuildKitWithoutCode>true</BuildKitWithoutCode>", "true")]
    public void Of_a_whole_tree_only_servers_and_projects_with_a_Dockerfile_get_images(string properties, string makes) =>
        Assert.That(Evaluate("<BuildKitEnabled>true</BuildKitEnabled>" + properties).GetPropertyValue("_BuildKitMakesImage"), Is.EqualTo(makes));

    [TestCase("", "Dockerfile")]
    [TestCase("<BuildKitReplacePublishContainer>true</BuildKitReplacePublishContainer>", "")]
    [TestCase("<BuildKitReplacePublishContainer>true</BuildKitReplacePublishContainer><DockerfilePath>d/Dockerfile</DockerfilePath>", "d/Dockerfile")]
    public void A_Dockerfile_beside_the_project_counts_unless_PublishContainer_is_taken_over(string properties, string expected)
    {
        folder.Write("Dockerfile");
        Assert.That(Evaluate(properties).GetPropertyValue("_BuildKitFoundDockerfile"), Is.EqualTo(expected));
    }

    [Test]
    public void The_files_of_an_image_are_cleaned_when_there_are_any()
    {
        Assert.That(Evaluate("").Targets.Keys, Has.None.EqualTo("_BuildKitClean"));
        folder.Make("obj/buildkit");
        Assert.That(Evaluate("").Targets["_BuildKitClean"].AfterTargets, Is.EqualTo("Clean"));
    }

    [Test]
    public void Every_task_that_is_used_is_there_with_its_parameters()
    {
        var tasks = typeof(BuildKitTask).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BuildKitTask)) && !type.IsAbstract).ToDictionary(type => type.Name);
        var used = Files.SelectMany(file => Load(file).Descendants("Target").Elements()).Where(element => tasks.ContainsKey(element.Name.LocalName)).ToList();
        Assert.That(used.Select(element => element.Name.LocalName).Distinct(), Is.EquivalentTo(tasks.Keys));
        foreach (var element in used)
        {
            var properties = tasks[element.Name.LocalName].GetProperties().Select(property => property.Name).ToList();
            Assert.That(element.Attributes().Select(attribute => attribute.Name.LocalName).Where(name => name is not ("Condition" or "ContinueOnError")), Is.SubsetOf(properties));
            Assert.That(element.Elements("Output").Select(output => output.Attribute("TaskParameter")!.Value), Is.SubsetOf(properties));
        }
    }

    [Test]
    public void Every_property_that_the_settings_read_is_handed_over()
    {
        var handed = Load("BuildKit.Tasks.Properties.targets").Descendants("_BuildKitProperty").Select(item => item.Attribute("Include")!.Value).ToHashSet();
        var read = Repository.Files("src/BuildKit.Core/Settings", "*.cs")
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "(?:settings\\[|Switch\\()\"(\\w+)\"").Select(match => match.Groups[1].Value)).Distinct()
            // What begins so comes from the task itself.
            .Where(name => !name.StartsWith('_'));
        Assert.That(read, Is.SubsetOf(handed).And.Not.Empty);
    }

    private static XDocument Load(string file) => XDocument.Load(Repository.PathOf("build/" + file));

    private Project Evaluate(string properties)
    {
        var file = folder.Write($"p{Guid.NewGuid():N}.csproj", $"""
            <Project>
              <Import Project="{Repository.PathOf("build/BuildKit.Tasks.props")}" />
              <PropertyGroup><IntermediateOutputPath>obj/</IntermediateOutputPath>{properties}</PropertyGroup>
              <Import Project="{Repository.PathOf("build/BuildKit.Tasks.targets")}" />
            </Project>
            """);
        return new Project(file, null, null, collection);
    }
}
