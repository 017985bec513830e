using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Systems;

public sealed class MacStatTests
{
    [Test]
    public void The_fields_are_where_the_header_of_macOS_has_them()
    {
        var status = new byte[144];
        BitConverter.TryWriteBytes(status.AsSpan(8), 42UL);
        BitConverter.TryWriteBytes(status.AsSpan(16), 501U);
        BitConverter.TryWriteBytes(status.AsSpan(64), 1_700_000_000L);
        BitConverter.TryWriteBytes(status.AsSpan(72), 5L);
        Assert.That(MacStat.Read(status), Is.EqualTo((501U, 42UL, 1_700_000_000_000_000_005L)));
    }

    [Test, Platform(Exclude = "MacOsX")]
    public void Other_systems_are_not_asked() => Assert.That(MacStat.TryRead("/", out _, out _, out _), Is.False);
}
