using BuildKit.Core.CacheReferences;
using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.DockerfileChecks;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Tests.Projects;

/// <summary>Properties that steps after the plan read are checked with it, by lists that are those of the steps.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AcceptedValuesTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_lists_are_those_of_the_steps_that_read_them() => Assert.Multiple(() =>
    {
        Assert.That(AcceptedValues.Of("BuildKitCacheProfile"), Is.EqualTo(Enum.GetNames<CacheProfile>()));
        Assert.That(AcceptedValues.Of("BuildKitCacheType"), Is.EqualTo(Enum.GetNames<CacheType>()));
        Assert.That(AcceptedValues.Of("BuildKitCacheWrite"), Is.EqualTo(Enum.GetNames<CacheWrite>()).IgnoreCase);
        Assert.That(AcceptedValues.Of("BuildKitLint"), Is.EqualTo(Enum.GetNames<LintLevel>()).IgnoreCase);
        Assert.That(AcceptedValues.Of("BuildKitLintRules"), Is.EqualTo(new[] { LayerCheckDiagnostics.BaseWithoutDigest.Code, LayerCheckDiagnostics.RootUser.Code }));
        Assert.That(AcceptedValues.Of("BuildKitDriver"), Is.EqualTo(Enum.GetValues<BuilderDriver>().Select(driver => driver.NameOf())));
        Assert.That(AcceptedValues.Of("BuildKitCacheCompression"), Is.EqualTo(CacheBackend.KeysOf("registry").Single(key => key.Name == "compression").Choices));
    });

    [TestCase("BuildKitEnabled", "yes", "true, false or auto")]
    [TestCase("BuildKitReplacePublishContainer", "1", "true or false")]
    [TestCase("BuildKitReport", "page", "true or false")]
    [TestCase("BuildKitProgress", "tty", "auto or plain")]
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

    [TestCase("", null)]
    [TestCase("True", true)]
    [TestCase("false", false)]
    public void A_switch_is_read(string value, bool? expected) =>
        Assert.That(AcceptedValues.ReadSwitch("BuildKitDevSpaceAllowCommands", value, folder.Full("p.csproj")), Is.EqualTo(expected));

    [Test]
    public void A_switch_that_is_neither_is_BK2001() =>
        Assert.That(Assert.Throws<DiagnosticException>(() => AcceptedValues.ReadSwitch("BuildKitDevSpaceAllowCommands", "yes", folder.Full("p.csproj")))!.Message, Does.Contain("true or false"));

    private IReadOnlyList<Diagnostic> Check(string property, string value) => AcceptedValues.Check(
        new Dictionary<string, string> { [property] = value },
        folder.Write("p.csproj", $"<Project>\n  <PropertyGroup>\n    <{property}>{value}</{property}>\n  </PropertyGroup>\n</Project>\n"));
}
