using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Processes;

public sealed class CommandLineLimitTests
{
    [TestCase(HostSystem.Windows, 300, 60, false)]
    [TestCase(HostSystem.Windows, 300, 200, true)]
    [TestCase(HostSystem.Linux, 300, 200, false)]
    [TestCase(HostSystem.Linux, 1, 131_060, false)]
    [TestCase(HostSystem.Linux, 1, 131_080, true)]
    [TestCase(HostSystem.MacOS, 300, 200, false)]
    public void What_the_system_would_not_start_is_refused_before_with_the_longest_argument(HostSystem system, int count, int length, bool refused)
    {
        string[] arguments = [.. Enumerable.Range(0, count).Select(index => $"label{index}=".PadRight(length, 'x'))];
        if (!refused)
        {
            Assert.That(() => CommandLineLimit.Check("docker", arguments, system), Throws.Nothing);
            return;
        }

        var failure = Assert.Throws<DiagnosticException>(() => CommandLineLimit.Check("docker", arguments, system))!;
        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo("BK1037"));
        Assert.That(failure.Message, Does.Contain("label0=...").And.Not.Contain("xxx"));
    }

    [TestCase(HostSystem.Windows, 10_000, true)]
    [TestCase(HostSystem.Windows, 20_000, false)]
    [TestCase(HostSystem.Linux, 20_000, true)]
    [TestCase(HostSystem.Linux, 140_000, false)]
    public void A_configuration_that_is_too_long_for_an_argument_is_known_before(HostSystem system, int length, bool fits) =>
        Assert.That(CommandLineLimit.LeavesRoom(new string('x', length), system), Is.EqualTo(fits));

    [Test]
    public void Quotes_count_twice_on_Windows() => Assert.That(CommandLineLimit.LeavesRoom(new string('"', 10_000), HostSystem.Windows), Is.False);
}
