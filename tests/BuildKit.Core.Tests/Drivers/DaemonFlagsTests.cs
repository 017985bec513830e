using BuildKit.Core.Drivers;
using FsCheck;
using FsCheck.Fluent;

namespace BuildKit.Core.Tests.Drivers;

public sealed class DaemonFlagsTests
{
    [Test]
    public void What_is_joined_splits_into_the_same() =>
        Prop.ForAll<string[]>(words =>
        {
            var flags = words.Where(word => word is not null).ToList();
            return DaemonFlags.Split(DaemonFlags.Join(flags)).SequenceEqual(flags);
        }).QuickCheckThrowOnFailure();

    [TestCase("--a  --b=c", "--a|--b=c")]
    [TestCase("--a 'b c' \"d \\\" e\"", "--a|b c|d \" e")]
    [TestCase("", "")]
    [TestCase("--a;--b", "--a|--b")]
    public void A_text_is_split_as_a_shell_does(string text, string flags) =>
        Assert.That(string.Join('|', DaemonFlags.Split(text)), Is.EqualTo(flags));
}
