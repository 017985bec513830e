using BuildKit.Core.Diagnostics;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Systems;

public sealed class SystemRemediesTests
{
    private static readonly string[] OfLinux = ["apt-get", "systemctl", "usermod"];

    private static IEnumerable<DiagnosticDescriptor> Entries => DiagnosticCatalogue.All.Where(entry => entry.BySystem is not null);

    [TestCaseSource(nameof(Entries))]
    public void Each_system_is_told_its_own_commands(DiagnosticDescriptor entry)
    {
        var texts = Enum.GetValues<HostSystem>().Select(system => entry.On(system, null, "docker", "address", "reason").Message).ToList();
        Assert.That(texts, Is.Unique.And.None.Contains("{"));
        Assert.That(texts.Skip(1), Has.None.Matches<string>(text => OfLinux.Any(word => text!.Contains(word, StringComparison.Ordinal))));
        Assert.That(texts, Has.None.Contains("..").And.None.Contains(". ,"));
    }

    [Test]
    public void Whatever_names_a_command_of_one_system_is_told_by_system() => Assert.That(
        DiagnosticCatalogue.All.Where(entry => OfLinux.Any(entry.MessageFormat.Contains)).Select(entry => entry.Code), Is.Empty);

    [TestCase("BK1001", HostSystem.Windows, "windows-install")]
    [TestCase("BK1002", HostSystem.Windows, @"%ProgramFiles%\Docker\cli-plugins")]
    [TestCase("BK1002", HostSystem.MacOS, "brew install docker-buildx")]
    [TestCase("BK1002", HostSystem.Linux, "apt-get install docker-buildx")]
    [TestCase("BK1003", HostSystem.MacOS, "colima start")]
    [TestCase("BK1004", HostSystem.Windows, "docker-users")]
    public void The_remedy_is_in_the_message(string code, HostSystem system, string text) => Assert.That(
        DiagnosticCatalogue.All.Single(entry => entry.Code == code).On(system, null, "docker", "address", "reason").Message, Does.Contain(text));
}
