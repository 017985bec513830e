using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Tests.Caches;

/// <summary>A pull request from a fork may not push: the image is loaded instead, without an error.</summary>
public sealed class ForkPullRequestTests
{
    private const string Fork = "CIRCLECI=true CIRCLE_BRANCH=pull/7 CIRCLE_PR_NUMBER=7";

    [TestCase(Fork, "", OutputKind.Load, "BK5020")]
    [TestCase(Fork, "true", OutputKind.Push, "")]
    [TestCase(Fork, "false", OutputKind.Load, "")]
    [TestCase("CIRCLECI=true CIRCLE_BRANCH=f", "", OutputKind.Push, "")]
    [TestCase("", "", OutputKind.Push, "")]
    public void Is_loaded_unless_it_is_told_to_push(string variables, string push, OutputKind expected, string code)
    {
        var settings = new ImageSettings(
            "shop", "/repo/p.csproj", new Dictionary<string, string> { ["BuildKitPush"] = push },
            new Dictionary<string, IReadOnlyList<SettingItem>>(), ContinuousIntegration.CiSystemsTests.Variables(variables));
        var diagnostics = new SettingDiagnostics(settings);
        var outputs = OutputSelection.Read(settings, [new ImageReference("r.example.com", "shop", "1")], diagnostics);
        Assert.That(outputs.Single().Kind, Is.EqualTo(expected));
        Assert.That(string.Join(' ', diagnostics.Found.Select(found => found.Code)), Is.EqualTo(code));
        Assert.That(diagnostics.HasErrors, Is.False);
    }
}
