using System.Runtime.InteropServices;
using System.Text;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Systems;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UserFolderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void It_is_made_for_its_user_alone()
    {
        Assert.That(UserFolder.Make([folder.Full("home/share/own")]), Is.EqualTo(folder.Full("home/share/own")));
        Assert.That(folder.Mode("home/share/own"), Is.EqualTo(OperatingSystem.IsWindows() ? 0 : 0b111_000_000));
    }

    [Test, Platform("Unix")]
    public void A_link_and_a_folder_that_others_write_are_passed_over()
    {
        folder.Make("else");
        Directory.CreateSymbolicLink(folder.Full("link"), folder.Full("else"));
        folder.Make("open");
        folder.SetMode("open", 0b111_111_111);
        Assert.That(UserFolder.Make([folder.Full("link"), folder.Full("open"), folder.Full("own")]), Is.EqualTo(folder.Full("own")));
        var failure = Assert.Throws<IOException>(() => UserFolder.Make([folder.Full("link"), folder.Full("open")]))!;
        Assert.That(failure.Message, Does.Contain("link is a link").And.Contain("open can be written by other users"));
    }

    [Test, Platform("Linux")]
    public void A_folder_of_another_user_is_passed_over()
    {
        // Root's, unless the tests are root: then one of nobody's.
        var other = Environment.UserName == "root" ? folder.Make("other") : "/";
        if (other != "/")
        {
            Assert.That(Chown([.. Encoding.UTF8.GetBytes(other), 0], 65534, 65534), Is.Zero);
        }

        Assert.That(Assert.Throws<IOException>(() => UserFolder.Make([other]))!.Message, Does.Contain("belongs to another user"));
    }

    [Test]
    public void A_file_in_its_place_is_named()
    {
        folder.Write("file");
        Assert.That(Assert.Throws<IOException>(() => UserFolder.Make([folder.Full("file/own")]))!.Message, Does.Contain("cannot be made"));
    }

    [DllImport("libc", EntryPoint = "chown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Chown([In] byte[] path, uint owner, uint group);
}
