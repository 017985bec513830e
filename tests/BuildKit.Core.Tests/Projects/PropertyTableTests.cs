using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Tests.Projects;

/// <summary>One table has the values of all properties, and one reader reads them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PropertyTableTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_lists_are_those_of_the_steps_that_read_them() => Assert.Multiple(() =>
    {
        Assert.That(PropertyTable.Find("BuildKitCacheProfile")!.Values, Is.EqualTo(Enum.GetNames<CacheProfile>()));
        Assert.That(PropertyTable.Find("BuildKitCacheType")!.Values, Is.EqualTo(Enum.GetNames<CacheType>()));
        Assert.That(PropertyTable.Find("BuildKitCacheWrite")!.Values, Is.EqualTo(Enum.GetNames<CacheWrite>()).IgnoreCase);
        Assert.That(PropertyTable.Find("BuildKitLint")!.Values, Is.EqualTo(Enum.GetNames<LintLevel>()).IgnoreCase);
        Assert.That(PropertyTable.Find("BuildKitLintRules")!.Values,
            Is.EqualTo(new[] { LayerCheckDiagnostics.BaseWithoutDigest.Code, LayerCheckDiagnostics.RootUser.Code }));
        Assert.That(PropertyTable.Find("BuildKitDriver")!.Values, Is.EqualTo(Enum.GetValues<BuilderDriver>().Select(driver => driver.NameOf())));
        Assert.That(PropertyTable.Find("BuildKitCacheCompression")!.Values,
            Is.EqualTo(CacheBackend.KeysOf("registry").Single(key => key.Name == "compression").Choices));
    });

    [TestCase("BuildKitEnabled", "ja", "true, false or auto")]
    [TestCase("BuildKitReplacePublishContainer", "2", "true or false")]
    [TestCase("BuildKitPruneBuilderDryRun", "maybe", "true or false")]
    [TestCase("BuildKitPruneBuilderKinds", "CacheMount", "Did you mean \"CacheMounts\"?")]
    [TestCase("BuildKitReport", "page", "true or false")]
    [TestCase("BuildKitProgress", "tty", "auto, plain or details")]
    [TestCase("BuildKitLint", "loud", "off, warn or error")]
    [TestCase("BuildKitLintRules", "BK3316;BK3310", "BK3316 or BK3317")]
    [TestCase("BuildKitDriver", "docker-containr", "Did you mean \"docker-container\"?")]
    [TestCase("BuildKitCacheProfile", "Nightly", "Development, Production, Branch or PullRequest")]
    [TestCase("BuildKitCacheType", "tape", "Registry, Inline or None")]
    [TestCase("BuildKitCacheWrite", "sometimes", "auto, always or never")]
    [TestCase("BuildKitCacheCompression", "lz4", "gzip, zstd, estargz or uncompressed")]
    public void A_value_outside_its_list_is_BK2001_at_its_line_with_the_list(string property, string value, string list)
    {
        var found = Check(property, value).Single();
        Assert.That((found.Code, found.Location), Is.EqualTo(("BK2001", new SourceLocation(folder.Full("p.csproj"), 3, 5))));
        Assert.That(found.Message, Does.Contain(property).And.Contain(value.Split(';')[^1]).And.Contain(list));
    }

    [TestCase("BuildKitTimeout")]
    [TestCase("BuildKitProbeAge")]
    public void What_is_no_time_is_BK1033_at_its_line(string property)
    {
        var found = Check(property, "soon").Single();
        Assert.That((found.Code, found.Location?.Line), Is.EqualTo(("BK1033", 3)));
    }

    [TestCase("BuildKitEnabled", "AUTO")]
    [TestCase("BuildKitLintRules", " BK3316 ; bk3317 ")]
    [TestCase("BuildKitTimeout", "00:10:00")]
    [TestCase("BuildKitCacheProfile", "")]
    public void All_else_is_accepted_in_any_case(string property, string value) => Assert.That(Check(property, value), Is.Empty);

    private static IEnumerable<string> Switches =>
        PropertyTable.All.Where(property => property.Kind == PropertyKind.Switch).Select(property => property.Name);

    [Test]
    public void Every_switch_takes_the_same_eight_spellings([ValueSource(nameof(Switches))] string property)
    {
        string[] on = ["true", "Yes", "ON", "1"];
        string[] off = ["false", "No", "OFF", "0"];
        var byDefault = PropertyTable.Find(property)!.Default == "true";
        Assert.Multiple(() =>
        {
            Assert.That(on.Select(value => ProjectOf.Properties((property, value)).Switch(property)), Has.All.True);
            Assert.That(off.Select(value => ProjectOf.Properties((property, value)).Switch(property)), Has.All.False);
            Assert.That(ProjectOf.Properties((property, "")).Switch(property), Is.EqualTo(byDefault));
            Assert.That(ProjectOf.Properties((property, "auto")).Switch(property), Is.EqualTo(byDefault));
            Assert.That(
                Assert.Throws<DiagnosticException>(() => ProjectOf.Properties((property, "maybe")).Switch(property))!.Diagnostics.Single().Code,
                Is.EqualTo("BK2001"));
        });
    }

    [Test]
    public void A_value_that_is_not_set_is_the_default() => Assert.Multiple(() =>
    {
        Assert.That(ProjectOf.Properties()["BuildKitProductionCacheTag"], Is.EqualTo("buildcache"));
        Assert.That(ProjectOf.Properties(("BuildKitProductionCacheTag", " \"main\" "))["BuildKitProductionCacheTag"], Is.EqualTo("main"));
        Assert.That(ProjectOf.Properties()["BuildKitTargetStage"], Is.Empty);
        Assert.That(ProjectOf.Properties(("buildkitlint", "ERROR")).Choice("BuildKitLint", LintLevel.Warn), Is.EqualTo(LintLevel.Error),
            "names and values have no case");
    });

    [Test]
    public void A_path_is_read_as_projects_write_it()
    {
        var project = ProjectOf.Properties(("BuildKitWrittenDockerfile", "\"docker\\api.Dockerfile\""));
        Assert.That(project.PathOf("BuildKitWrittenDockerfile"), Is.EqualTo(Path.Combine(project.ProjectFolder, "docker", "api.Dockerfile")));
        Assert.That(project.PathOf("BuildKitDoctorJson"), Is.Empty);
    }

    private IReadOnlyList<Diagnostic> Check(string property, string value) => PropertyTable.Check(ProjectOf.Properties((property, value)) with
    {
        ProjectFile = folder.Write("p.csproj",
            $"<Project>\n  <PropertyGroup>\n    <{property}>{value}</{property}>\n  </PropertyGroup>\n</Project>\n"),
    });
}
