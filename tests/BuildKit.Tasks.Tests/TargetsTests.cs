using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildKit.Core.Projects;
using BuildKit.Core.Tests;
using Microsoft.Build.Evaluation;
using Project = Microsoft.Build.Evaluation.Project;

namespace BuildKit.Tasks.Tests;

/// <summary>Manners of build/, evaluated in process by the oldest MSBuild supported.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TargetsTests : IDisposable
{
    private static readonly string[] Hooks = ["_BuildKitPublish", "_BuildKitClean", "_BuildKitPublishContainer"];

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

    private static IEnumerable<string> Files =>
        Repository.Files("build", "*.targets").Concat(Repository.Files("build", "*.props")).Select(file => Path.GetFileName(file));

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
        foreach (var property in Load(file).Root!.Elements("PropertyGroup").Elements()
            .Where(property => property.Name.LocalName.StartsWith("BuildKit", StringComparison.Ordinal)))
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
        var names = project.Descendants("PropertyGroup").Elements().Concat(project.Descendants("ItemGroup").Elements())
            .Select(element => element.Name.LocalName)
            .Concat(project.Descendants("Target").Select(target => target.Attribute("Name")!.Value))
            .Concat(project.Descendants("Output").Select(output => (output.Attribute("ItemName") ?? output.Attribute("PropertyName"))!.Value))
            // The terminal logger shows a target's name while it runs: these are texts for people. ProjectReference is a solution's own.
            .Where(name => !SdkNames.Contains(name)
                && name is not ("building the image" or "building the images" or "baking the images" or "ProjectReference"));
        Assert.That(names, Has.All.Matches("^_?BuildKit[A-Z]"));
        Assert.That(project.Descendants("Target").Select(target => target.Attribute("Name")!.Value)
            .Where(name => name[0] != '_' && name is not ("building the image" or "building the images" or "baking the images")),
            Has.All.Matches("^BuildKit(Bake|Build|Check|Doctor|Ensure|Export|Import|List|Prune|Resolve|Write)[A-Za-z]*$"));
    }

    [TestCaseSource(nameof(Files))]
    public void A_file_is_short_and_says_what_each_target_is_for(string file)
    {
        // What is made from the tables is as long as they are.
        Assert.That(File.ReadAllLines(Repository.PathOf("build/" + file)),
            Has.Length.LessThanOrEqualTo(file == "BuildKit.Tasks.Properties.targets" ? int.MaxValue : 120));
        // A paragraph of targets begins with its comment.
        Assert.That(Regex.Matches(File.ReadAllText(Repository.PathOf("build/" + file)), @"(?:\n[ \t]*\n|<Project>\r?\n)[ \t]*(<Target Name=""[^""]+)")
            .Select(match => match.Groups[1].Value), Is.Empty);
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
    [TestCase("yes", "", "Publish", Description = "whether it is on is read by SelectImages")]
    [TestCase("true", "<UsingMicrosoftNETSdkWeb>true</UsingMicrosoftNETSdkWeb>", "AfterPublish")]
    [TestCase("true", "<UsingMicrosoftNETSdkWorker>true</UsingMicrosoftNETSdkWorker>", "AfterPublish")]
    public void Switched_on_it_comes_after_the_last_file_is_published(string value, string properties, string expected)
    {
        var project = Evaluate($"<BuildKitEnabled>{value}</BuildKitEnabled>{properties}");
        var target = project.Targets["_BuildKitPublish"];
        Assert.That(project.ExpandString(target.AfterTargets), Is.EqualTo(expected));
        Assert.That(project.Targets.Keys, Has.None.EqualTo("_BuildKitPublishContainer"));
    }

    [Test]
    public void What_a_target_asks_of_the_project_is_an_answer_of_SelectImages()
    {
        string[] answers = ["_BuildKitWanted", "_BuildKitMadeHere", "_BuildKitReplaces", "_BuildKitMeets", "_BuildKitBakes", "_BuildKitFromPublish",
            "_BuildKitPublishesOnce"];
        string[] facts = ["OutputType", "PackAsTool", "IsAspireHost", "IsPublishable", "IsTestProject", "IsTestingPlatformApplication",
            "IsCrossTargetingBuild", "TargetPlatformIdentifier", "BuildKitDockerfile", "DockerfilePath"];
        var conditions = Files.Append("bake.proj").SelectMany(file => Load(file).Descendants().Attributes("Condition"))
            .Select(condition => condition.Value).ToList();
        Assert.That(conditions.SelectMany(condition => facts.Where(fact => condition.Contains($"$({fact})", StringComparison.Ordinal))), Is.Empty);
        Assert.That(
            answers.Where(answer =>
                !Files.Any(file => File.ReadAllText(Repository.PathOf("build/" + file))
                    .Contains($"PropertyName=\"{answer}\"", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void PublishContainer_is_taken_over_by_its_own_switch_alone()
    {
        var project = Evaluate("<BuildKitReplacePublishContainer>true</BuildKitReplacePublishContainer>");
        Assert.That(project.Targets["_BuildKitPublishContainer"].BeforeTargets, Is.EqualTo("PublishContainer"));
        Assert.That(project.Targets.Keys, Has.None.EqualTo("_BuildKitPublish"));
        Assert.That(project.ExpandString(project.Targets["_BuildKitSetNamesAside"].BeforeTargets), Is.EqualTo("ComputeContainerBaseImage"));
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
        var tasks = typeof(BuildKitTask).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BuildKitTask)) && !type.IsAbstract)
            .ToDictionary(type => type.Name);
        var used = Files.SelectMany(file => Load(file).Descendants("Target").Elements()).Where(element => tasks.ContainsKey(element.Name.LocalName))
            .ToList();
        Assert.That(used.Select(element => element.Name.LocalName).Distinct(), Is.EquivalentTo(tasks.Keys));
        foreach (var element in used)
        {
            var properties = tasks[element.Name.LocalName].GetProperties().Select(property => property.Name).ToList();
            Assert.That(element.Attributes().Select(attribute => attribute.Name.LocalName)
                .Where(name => name is not ("Condition" or "ContinueOnError")), Is.SubsetOf(properties));
            Assert.That(element.Elements("Output").Select(output => output.Attribute("TaskParameter")!.Value), Is.SubsetOf(properties));
        }
    }

    [Test]
    public void Every_property_that_the_core_reads_is_in_the_table()
    {
        var read = Repository.Files("src", "*.cs")
            .SelectMany(file =>
                Regex.Matches(File.ReadAllText(file),
                    @"(?:settings|project|Project)(?:\[|\.(?:Switch|Choice|Choices|List|Time|PathOf|IsSet)\()""(\w+)""")
                    .Select(match => match.Groups[1].Value)).Distinct()
            // Those that tasks themselves set: for one of several runtime identifiers, and for an image that another file describes.
            .Except(["_BuildKitPublishedFor", "_BuildKitDescribedIn", "_BuildKitDescribedLine"]);
        Assert.That(read, Is.SubsetOf(PropertyTable.All.Select(property => property.Name)).And.Not.Empty);
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
