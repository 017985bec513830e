using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Systems;

public sealed class PathRulesTests
{
    [TestCase(HostSystem.Linux, "/src/App", "/src/app", false)]
    [TestCase(HostSystem.Linux, "/src/app/", "/src/app", true)]
    [TestCase(HostSystem.MacOS, "/src/App", "/src/app", true)]
    [TestCase(HostSystem.Windows, @"C:\src\App", @"c:/SRC/app", true)]
    [TestCase(HostSystem.Windows, @"C:\src", @"D:\src", false)]
    public void Two_spellings_are_one_path_where_the_system_says_so(HostSystem system, string one, string other, bool equal) =>
        Assert.That(PathRules.Of(system).AreEqual(one, other), Is.EqualTo(equal));

    [TestCase(HostSystem.Linux, "/src/app/a.cs", "/src/app", "a.cs")]
    [TestCase(HostSystem.Linux, "/src/app/a.cs", "/src/app/", "a.cs")]
    [TestCase(HostSystem.Linux, "/src/apple/a.cs", "/src/app", null)]
    [TestCase(HostSystem.Linux, "/src/App/a.cs", "/src/app", null)]
    [TestCase(HostSystem.Linux, "/src/app", "/src/app", "")]
    [TestCase(HostSystem.Linux, "/src/a", "/", "src/a")]
    [TestCase(HostSystem.Linux, @"/src/a\b", "/src", @"a\b")]
    [TestCase(HostSystem.MacOS, "/src/App/A.cs", "/SRC/app", "A.cs")]
    [TestCase(HostSystem.Windows, @"z:\src\App\Sub\A.cs", @"Z:\SRC\app\", "Sub/A.cs")]
    [TestCase(HostSystem.Windows, @"Z:\src", @"Z:\", "src")]
    [TestCase(HostSystem.Windows, @"\\server\share\a\b", @"\\SERVER\share\a", "b")]
    [TestCase(HostSystem.Windows, @"Y:\src\a", @"Z:\src", null)]
    public void What_is_below_a_folder_keeps_its_spelling(HostSystem system, string path, string folder, string? expected)
    {
        Assert.That(PathRules.Of(system).Below(path, folder), Is.EqualTo(expected));
        Assert.That(PathRules.Of(system).IsWithin(path, folder), Is.EqualTo(expected is not null));
    }

    [TestCase(HostSystem.Linux, "/usr/lib", true)]
    [TestCase(HostSystem.Linux, "usr/lib", false)]
    [TestCase(HostSystem.Linux, @"C:\usr", false)]
    [TestCase(HostSystem.Windows, @"\usr\local\lib", false)]
    [TestCase(HostSystem.Windows, "/usr/local/lib", false)]
    [TestCase(HostSystem.Windows, "C:usr", false)]
    [TestCase(HostSystem.Windows, @"C:\usr", true)]
    [TestCase(HostSystem.Windows, "C:/usr", true)]
    [TestCase(HostSystem.Windows, @"\\server\share", true)]
    [TestCase(HostSystem.Windows, "", false)]
    public void A_path_without_a_drive_is_not_whole_on_Windows(HostSystem system, string path, bool whole) =>
        Assert.That(PathRules.Of(system).IsFullyQualified(path), Is.EqualTo(whole));

    [TestCase(HostSystem.Windows, @"C:\a", @"C:\a\b\c")]
    [TestCase(HostSystem.Windows, @"C:\", @"C:\b\c")]
    [TestCase(HostSystem.Linux, "/a", "/a/b/c")]
    [TestCase(HostSystem.Linux, "/", "/b/c")]
    [TestCase(HostSystem.Linux, "", "b/c")]
    public void Folders_are_joined_as_the_system_writes_them(HostSystem system, string folder, string expected) =>
        Assert.That(PathRules.Of(system).Join(folder, "b", "c"), Is.EqualTo(expected));
}
