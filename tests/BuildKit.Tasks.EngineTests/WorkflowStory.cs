using System.Text.RegularExpressions;
using BuildKit.Core.Yaml;

namespace BuildKit.Tasks.EngineTests;

/// <summary>The ready workflows: their commands are read from the files and run as the CI system would, with its variables.</summary>
public sealed class WorkflowStory : Story
{
    [TestCase("push", "refs/heads/main")]
    [TestCase("pull_request", "refs/pull/7/merge")]
    public async Task GitHub_Actions_publishes_and_hands_the_digest_on(string happening, string reference)
    {
        var values = new Dictionary<string, string>
        {
            ["github.repository"] = Repository,
            ["secrets.GITHUB_TOKEN"] = "token",
            ["steps.publish.outputs.reference"] = "(from the step before)",
            ["github.event_name == 'pull_request' && 'false' || ''"] = happening == "pull_request" ? "false" : "",
        };
        var file = Read("github-actions.yml");
        var variables = Variables(file["env"], values);
        variables["ContainerRegistry"] = Machine.Registry.Address;
        Add(variables, new()
        {
            ["GITHUB_ACTIONS"] = "true",
            ["CI"] = "true",
            ["GITHUB_ACTOR"] = "someone",
            ["GITHUB_SHA"] = "0123abc",
            ["GITHUB_REF"] = reference,
            ["GITHUB_EVENT_NAME"] = happening,
            ["GITHUB_REPOSITORY"] = Repository,
            ["GITHUB_EVENT_PATH"] = Project.Write("event.json", """{"repository":{"default_branch":"main"}}"""),
            ["GITHUB_OUTPUT"] = Project.Write("output", ""),
            ["GITHUB_STEP_SUMMARY"] = Project.Write("summary", ""),
        });
        WriteConsole("<ContainerRegistry></ContainerRegistry>");
        Unname();
        foreach (var step in ((YamlList)((YamlMap)((YamlMap)file["jobs"]!)["image"]!)["steps"]!).Items.OfType<YamlMap>()
            .Where(step => step.Contains("run")))
        {
            if (happening == "pull_request" && step.Contains("if"))
            {
                Assert.That(Text(step["if"]), Is.EqualTo("github.event_name != 'pull_request'"));
                continue;
            }

            var own = new Dictionary<string, string?>(variables);
            Add(own, Variables(step["env"], values));
            // A builder in a container needs an image that this machine has not from Docker's registry.
            own.Remove("BuildKitDriver");
            await RunAsync(Text(step["run"]), own);
        }

        // What the upload step's pattern finds.
        Assert.That(
            Directory.GetFiles(Project.Folder, "app.*", SearchOption.AllDirectories)
                .Where(file => Regex.IsMatch(file, @"/obj/.*/buildkit/[^/]*\.(html|report\.json)$")).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "app.html", "app.report.json" }));
        var output = await File.ReadAllTextAsync(Project.PathOf("output"));
        var pushed = await Images.FindAsync(Repository, "0123abc");
        Assert.That(pushed is not null, Is.EqualTo(happening == "push"));
        Assert.That(output,
            happening == "push"
                ? Does.Contain($"digest={pushed!.Digest}\n").And.Match($"(?m)^reference={Image}:?[a-z]*@{pushed.Digest}$")
                : Does.Match("digest=sha256:"));
        Assert.That(await File.ReadAllTextAsync(Project.PathOf("summary")), Does.Contain("sha256:").And.Contain("Published (from the step before)"));
    }

    [Test]
    public async Task GitHub_Actions_builds_the_images_of_a_DevSpace_profile_and_DevSpace_deploys_them()
    {
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup><BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile></PropertyGroup>
            </Project>
            """);
        Project.Write("devspace.yaml", """
            version: v2beta1
            images: {app: {image: REPOSITORY, buildKit: {}}}
            profiles: [{name: production, merge: {images: {app: {target: production}}}}]
            """.Replace("REPOSITORY", Repository, StringComparison.Ordinal));
        Project.Write("Dockerfile", "FROM scratch AS production\nLABEL stage=production\nCOPY Dockerfile /\nFROM scratch AS dev\nCOPY nowhere /\n");
        var steps = ((YamlList)((YamlMap)((YamlMap)Read("github-actions-devspace.yml")["jobs"]!)["images"]!)["steps"]!).Items.OfType<YamlMap>()
            .Where(step => step.Contains("run")).ToDictionary(step => Text(step["name"]), step => Text(step["run"]));
        await RunAsync(steps["Build the images"], new() { ["GITHUB_SHA"] = "0123abc", ["ContainerRegistry"] = Machine.Registry.Address });
        Assert.That(await Images.FindAsync(Repository, "0123abc"), Is.Not.Null);
        Assert.That(steps["Deploy"], Does.Contain("--skip-build").And.Contain("--tag \"$GITHUB_SHA\"").And.Contain("--profile production"));
    }

    [Test]
    public async Task GitLab_publishes_and_hands_the_digest_on()
    {
        var job = (YamlMap)Read("gitlab-ci.yml")["image"]!;
        var variables = new Dictionary<string, string?>
        {
            ["GITLAB_CI"] = "true",
            ["CI"] = "true",
            ["CI_REGISTRY"] = Machine.Registry.Address,
            ["CI_REGISTRY_USER"] = "someone",
            ["CI_REGISTRY_PASSWORD"] = "token",
            ["CI_PROJECT_PATH"] = Repository,
            ["CI_COMMIT_SHORT_SHA"] = "0123abc",
            ["CI_COMMIT_BRANCH"] = "main",
            ["CI_DEFAULT_BRANCH"] = "main",
            ["CI_COMMIT_REF_NAME"] = "main",
            ["CI_PIPELINE_SOURCE"] = "push",
        };
        foreach (var entry in ((YamlMap)job["variables"]!).Entries.Where(entry => entry.Key.StartsWith("Container", StringComparison.Ordinal)))
        {
            variables[entry.Key] = variables[Text(entry.Value)[1..]];
        }

        WriteConsole("<ContainerRegistry></ContainerRegistry>");
        Unname();
        // A job's lines run one after the other in one shell.
        var lines = new[] { "before_script", "script" }.SelectMany(key => ((YamlList)job[key]!).Items).Select(Text);
        await RunAsync(string.Join('\n', lines), variables);
        var digest = (await Images.ManifestAsync(Repository, "0123abc")).Digest;
        Assert.That(await File.ReadAllTextAsync(Project.PathOf("image.env")), Is.EqualTo($"IMAGE={Image}@{digest}\n"));
    }

    [Test]
    public async Task Azure_Pipelines_publishes_and_hands_the_digest_on()
    {
        var variables = new Dictionary<string, string?>
        {
            ["TF_BUILD"] = "True",
            ["REGISTRY"] = Machine.Registry.Address,
            ["REGISTRY_USER"] = "someone",
            ["BUILD_SOURCEBRANCH"] = "refs/heads/main",
            ["BUILD_SOURCEBRANCHNAME"] = "main",
            ["BUILD_REASON"] = "IndividualCI",
            ["BUILD_BUILDID"] = "42",
            ["BUILD_ARTIFACTSTAGINGDIRECTORY"] = Project.PathOf("staging"),
            ["ContainerRepository"] = Repository,
        };
        WriteConsole("<ContainerRegistry></ContainerRegistry>");
        Unname();
        var output = "";
        foreach (var step in ((YamlList)Read("azure-pipelines.yml")["steps"]!).Items.OfType<YamlMap>().Where(step => step.Contains("script")))
        {
            var own = new Dictionary<string, string?>(variables);
            Add(own, Variables(step["env"], new() { ["REGISTRY_PASSWORD"] = "token" }));
            output += await RunAsync(Text(step["script"]), own);
        }

        var digest = (await Images.ManifestAsync(Repository, "42")).Digest;
        Assert.That(output, Does.Contain($"##vso[task.setvariable variable=BuildKitDigest;isOutput=true]{digest}"));
        Assert.That(Directory.GetFiles(Project.PathOf("staging/image-report")).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "app.html", "app.report.json" }));
    }

    [Test]
    public void Own_workflow_runs_what_the_repository_has()
    {
        var text = File.ReadAllText(RepositoryRoot.PathOf(".github/workflows/build.yml"));
        Assert.That(YamlReader.Read(text, "build.yml"), Is.TypeOf<YamlMap>());
        var paths = Regex.Matches(text, @"(?<=\s)(?:tests/[\w.]+|nuget|\.ci/run|[\w.]+\.sln)(?=\s)").Select(match => match.Value).Distinct().ToList();
        Assert.That(paths, Has.Count.EqualTo(5));
        Assert.That(paths.Where(path => !Path.Exists(RepositoryRoot.PathOf(path))), Is.Empty);
    }

    private static YamlMap Read(string name)
    {
        var file = RepositoryRoot.PathOf("docs/workflows/" + name);
        return (YamlMap)YamlReader.Read(File.ReadAllText(file), file)!;
    }

    private static string Text(YamlNode? node) => ((YamlScalar)node!).Text;

    // ${{ expression }} and $(macro) by a table: one that is not there fails the test.
    private static Dictionary<string, string?> Variables(YamlNode? node, Dictionary<string, string> values) =>
        (node as YamlMap)?.Entries.ToDictionary(entry => entry.Key, string? (entry) => Regex.Replace(
            Text(entry.Value), @"\$\{\{ (.*?) \}\}|\$\((\w+)\)", match => values[match.Groups[1].Value + match.Groups[2].Value])) ?? [];

    private static void Add(Dictionary<string, string?> variables, Dictionary<string, string?> more) =>
        more.ToList().ForEach(pair => variables[pair.Key] = pair.Value);

    // Registry and repository come from the environment here, as in the workflows.
    private void Unname()
    {
        var project = File.ReadAllText(Project.PathOf("app.csproj"));
        Project.Write("app.csproj", Regex.Replace(project, "<(ContainerRegistry|ContainerRepository)>.*?</\\1>", ""));
    }

    private async Task<string> RunAsync(string script, Dictionary<string, string?> variables)
    {
        // "docker login" writes; the engine's configuration is shared by all stories.
        var config = Project.PathOf("docker");
        if (!Directory.Exists(config))
        {
            (await Command.RunAsync("cp", ["-r", Machine.Engine.Environment["DOCKER_CONFIG"], config])).Succeeded();
        }

        variables["DOCKER_CONFIG"] = config;
        variables["ContainerBaseImage"] = BaseImages.Of("runtime");
        var result = await Command.RunAsync("bash", ["-e", "-c", script], Project.Folder, Project.EnvironmentWith(variables));
        TestContext.Out.WriteLine(result.Output);
        result.Succeeded();
        return result.Output;
    }
}
