using System.Xml.Linq;
using BuildKit.Core.DevSpace;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Tests.DevSpace;

/// <summary>What an import writes into the repository: what the file says, and no value from outside.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DevSpaceImportTests : IDisposable
{
    private readonly CollectingSink sink = new();
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void An_argument_that_is_the_environment_variable_of_its_name_has_no_value()
    {
        var written = Import("buildArgs: {API_URL: '${API_URL}'}", ("API_URL", "https://secret.example.com"));
        Assert.That(written.ToString(), Does.Not.Contain("secret.example.com"));
        Assert.That(Item(written, "BuildKitBuildArg").Attributes().Select(attribute => attribute.ToString()),
            Is.EquivalentTo(new[] { "Include=\"API_URL\"", "Image=\"app\"" }));
    }

    [Test]
    public void Another_value_from_the_environment_is_a_property_that_reads_it_there()
    {
        var written = Import("buildArgs: {URL: 'https://${API_HOST}/v1'}", ("API_HOST", "secret.example.com"));
        Assert.That(written.ToString(), Does.Not.Contain("secret.example.com"));
        Assert.That(Item(written, "BuildKitBuildArg").Attribute("Value")!.Value, Is.EqualTo("https://$(DevSpace_API_HOST)/v1"));
        Assert.That(written.Descendants("DevSpace_API_HOST").Single().Value,
            Is.EqualTo("$([System.Environment]::GetEnvironmentVariable('API_HOST'))"));
        Assert.That(Codes, Is.EqualTo(new[] { "BK6125 5" }));
    }

    [Test]
    public void A_default_of_the_file_stays_the_default()
    {
        var written = Import("tags: ['${TAG}']", ("TAG", "from-outside"), "vars: {TAG: {default: latest}}");
        Assert.That(written.ToString(), Does.Not.Contain("from-outside"));
        Assert.That(Definition(written).Elements("ContainerImageTags").Single().Value, Is.EqualTo("$(DevSpace_TAG)"));
        Assert.That(written.Descendants("DevSpace_TAG").Select(element => element.Value),
            Is.EqualTo(new[] { "$([System.Environment]::GetEnvironmentVariable('TAG'))", "latest" }));
    }

    [Test]
    public void A_value_of_an_environment_file_is_not_written()
    {
        folder.Write("dev.env", "HOST_NAME=inside.example.com\n");
        var written = Import("network: '${HOST_NAME}'", ("A", "b"), "vars: {DEVSPACE_ENV_FILE: dev.env}");
        Assert.That(written.ToString(), Does.Not.Contain("inside.example.com").And.Contain("$(DevSpace_HOST_NAME)"));
    }

    [TestCase("NPM_TOKEN", "${X}")]
    [TestCase("NPM_TOKEN", "written-in-the-file")]
    [TestCase("OTHER", "${MY_PASSWORD}")]
    [TestCase("OTHER", "${ASKED}")]
    public void What_looks_like_a_credential_never_has_a_value(string name, string value)
    {
        var written = Import($"buildArgs: {{{name}: '{value}'}}",
            new Dictionary<string, string> { ["X"] = "hidden", ["MY_PASSWORD"] = "hidden", ["ASKED"] = "hidden" }, "vars: {ASKED: {password: true}}");
        Assert.That(written.ToString(), Does.Not.Contain("hidden").And.Not.Contain("written-in-the-file"));
        Assert.That(Item(written, "BuildKitBuildArg").Attribute("Value"), Is.Null);
        Assert.That(Codes, Is.EqualTo(new[] { "BK6125 4" }));
    }

    [Test]
    public void A_value_of_the_project_is_a_property_with_it()
    {
        var written = Import("target: '${STAGE}'", ("A", "b"), "", new Dictionary<string, string> { ["STAGE"] = "dev" });
        Assert.That(Definition(written).Attribute("BuildKitTargetStage")!.Value, Is.EqualTo("$(DevSpace_STAGE)"));
        Assert.That(written.Descendants("DevSpace_STAGE").Single().ToString(),
            Is.EqualTo("<DevSpace_STAGE Condition=\"'$(DevSpace_STAGE)' == ''\">dev</DevSpace_STAGE>"));
    }

    [Test]
    public void Registry_and_repository_are_parts_of_one_text()
    {
        var written = Import("target: dev", ("REGISTRY", "r.example.com:5000"), "", null, "${REGISTRY}/team/app");
        Assert.That(Definition(written).Attribute("ContainerRegistry")!.Value, Is.EqualTo("$(DevSpace_REGISTRY)"));
        Assert.That(Definition(written).Attribute("ContainerRepository")!.Value, Is.EqualTo("team/app"));
    }

    [Test]
    public void What_changes_is_made_when_the_project_is_read()
    {
        var written = Import("tags: ['dev-####', '${DEVSPACE_RANDOM}', '${DEVSPACE_TIMESTAMP}']", ("A", "b"));
        Assert.That(Definition(written).Elements("ContainerImageTags").Single().Value, Is.EqualTo(
            "dev-$([System.Guid]::NewGuid().ToString('N').Substring(0, 4));$([System.Guid]::NewGuid().ToString('N').Substring(0, "
                + "6));$([System.DateTimeOffset]::UtcNow.ToUnixTimeSeconds())"));
        Assert.That(Codes, Is.Empty);
    }

    [Test]
    public void Tags_that_the_project_names_take_the_place_of_the_entrys_and_what_an_argument_adds_stays()
    {
        var written = Import("tags: [a, b], buildKit: {args: ['--tag=r.example.com/app:added']}", ("A", "b"));
        var tags = Definition(written).Elements("ContainerImageTags");
        Assert.That(tags.Select(element => (element.Attribute("Condition")?.Value ?? "", element.Value)), Is.EqualTo(new[]
        {
            ("", "added"), ("'$(ContainerImageTag)$(ContainerImageTags)$(PublishImageTag)' == ''", "a;b;added"),
        }));
    }

    [Test]
    public void The_commit_is_a_property_and_a_warning_at_its_line()
    {
        folder.Write(".git/HEAD", "0123456789abcdef0123456789abcdef01234567\n");
        var written = Import("tags: ['${DEVSPACE_GIT_COMMIT}']", ("A", "b"));
        Assert.That(Definition(written).Elements("ContainerImageTags").Single().Value, Is.EqualTo("$(DevSpace_DEVSPACE_GIT_COMMIT)"));
        Assert.That(written.Descendants("DevSpace_DEVSPACE_GIT_COMMIT").Last().Value, Is.EqualTo("01234567"));
        Assert.That(Codes, Is.EqualTo(new[] { "BK6125 5" }));
    }

    [Test]
    public void A_changed_Dockerfile_stands_beside_the_imported_file()
    {
        folder.Write("Dockerfile", "FROM scratch\n");
        var written = Import("entrypoint: [run]", ("A", "b"));
        Assert.That(Definition(written).Attribute("BuildKitDockerfile")!.Value,
            Is.EqualTo("$(MSBuildThisFileDirectory)devspace.images.app.Dockerfile"));
        Assert.That(File.ReadAllText(folder.Full("devspace.images.app.Dockerfile")),
            Does.StartWith("FROM scratch\n").And.Contain("ENTRYPOINT [\"run\"]"));
        Assert.That(Directory.Exists(folder.Full("obj")), Is.False);
    }

    [Test]
    public void A_folder_devspace_in_the_context_is_a_warning_and_changes_nothing()
    {
        folder.Write("Dockerfile", "FROM scratch\n");
        folder.Write(".devspace/cache.yaml");
        var written = Import("target: dev", ("A", "b"));
        Assert.That(Definition(written).Attribute("BuildKitDockerfile")!.Value, Is.EqualTo("$(MSBuildThisFileDirectory)Dockerfile"));
        Assert.That(Codes, Is.EqualTo(new[] { "BK6125 4" }));
    }

    [Test]
    public void Rules_of_devspace_dockerignore_go_beside_the_Dockerfile()
    {
        folder.Write("Dockerfile", "FROM scratch\n");
        folder.Write("devspace.dockerignore", "secret\n");
        var written = Import("target: dev", ("A", "b"));
        Assert.That(Definition(written).Attribute("BuildKitDockerfile")!.Value, Is.EqualTo("$(MSBuildThisFileDirectory)Dockerfile"));
        Assert.That(File.ReadAllText(folder.Full("Dockerfile.dockerignore")), Does.Contain("secret\n"));
    }

    [Test]
    public void A_credential_in_a_Dockerfile_is_refused()
    {
        folder.Write("Dockerfile", "FROM scratch\n");
        Import("appendDockerfileInstructions: ['ENV T=${NPM_TOKEN}']", ("NPM_TOKEN", "hidden"), isWritten: false);
        Assert.That(Codes, Is.EqualTo(new[] { "BK6118 5" }));
        Assert.That(File.Exists(folder.Full("devspace.images.app.Dockerfile")), Is.False);
    }

    [Test, NotUnderWine(Wine.Shell)]
    public void The_output_of_a_command_is_written_with_a_warning()
    {
        var written = Import("tags: ['$(echo one)']", ("PATH", Environment.GetEnvironmentVariable("PATH")!));
        Assert.That(Definition(written).Elements("ContainerImageTags").Single().Value, Is.EqualTo("one"));
        Assert.That(Codes, Is.EqualTo(new[] { "BK6125 5" }));
    }

    [Test]
    public void Nothing_is_written_when_something_is_wrong()
    {
        Import("tags: ['${NOPE}']", ("A", "b"), isWritten: false);
        Assert.That(Codes, Is.EqualTo(new[] { "BK6108 5" }));
    }

    private IEnumerable<string> Codes => sink.Found.Where(found => found.Severity != BuildKit.Core.Diagnostics.DiagnosticSeverity.Message)
        .Select(found => $"{found.Code} {found.Location!.Line}");

    private static XElement Item(XElement project, string name) => project.Descendants(name).Single();

    private static XElement Definition(XElement project) => Item(project, "BuildKitImageDefinition");

    private XElement Import(string line, (string Name, string Value) variable, string top = "", Dictionary<string, string>? given = null,
        string image = "r.example.com/app", bool isWritten = true) =>
        Import(line, new Dictionary<string, string> { [variable.Name] = variable.Value }, top, given, image, isWritten);

    // The image's entry is the fourth line of the file, the tested line the fifth.
    private XElement Import(string line, Dictionary<string, string> environment, string top = "", Dictionary<string, string>? given = null,
        string image = "r.example.com/app", bool isWritten = true)
    {
        var file = folder.Write("devspace.yaml",
            $"version: v2beta1\nfunctions: {{}}\n{(top.Length == 0 ? "name: app" : top)}\nimages: {{app: {{image: "
                + $"'{image}',\n  {(line.Contains("tags", StringComparison.Ordinal) ? line : line + ", tags: [x]")}}}}}\n");
        var images = DevSpaceImport.Write(file, folder.Full("devspace.images.targets"), new DevSpaceOptions
        {
            Environment = new BuildEnvironment(environment),
            Variables = given ?? [],
            AllowCommands = true,
            IntermediateFolder = folder.Full("obj"),
        }, sink);
        Assert.That(images.Count > 0, Is.EqualTo(isWritten), string.Join('\n', sink.Found.Select(found => found.Message)));
        Assert.That(File.Exists(folder.Full("devspace.images.targets")), Is.EqualTo(isWritten));
        return isWritten ? XElement.Load(folder.Full("devspace.images.targets")) : new XElement("Project");
    }
}
