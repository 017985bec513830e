using BuildKit.Core.Builders;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Tests.Systems;

public sealed class DockerFoldersTests
{
    private static readonly BuildEnvironment Windows = new([], null, StringComparer.OrdinalIgnoreCase)
    {
        ["ProgramFiles"] = @"C:\Program Files",
        ["ProgramData"] = @"C:\ProgramData",
        ["LOCALAPPDATA"] = @"C:\Users\x\AppData\Local",
        ["DOCKER_CONFIG"] = @"C:\Users\x\.docker",
        ["PATHEXT"] = ".COM;.EXE;.CMD",
    };

    [Test]
    public void On_Windows_plugins_are_looked_for_in_Dockers_own_folders_and_in_no_folder_of_the_current_drive()
    {
        var paths = BuildxPlugin.PathsOf(@"C:\Program Files\Docker\Docker\resources\bin\docker.exe", Windows, HostSystem.Windows).ToList();
        Assert.That(paths, Is.EqualTo(new[]
        {
            @"C:\Users\x\.docker\cli-plugins\docker-buildx.exe",
            @"C:\ProgramData\Docker\cli-plugins\docker-buildx.exe",
            @"C:\Program Files\Docker\cli-plugins\docker-buildx.exe",
            @"C:\Program Files\Docker\Docker\resources\cli-plugins\docker-buildx.exe",
            @"C:\Program Files\Docker\Docker\resources\bin\cli-plugins\docker-buildx.exe",
        }));
    }

    [Test]
    public void On_Linux_they_are_where_packages_put_them() => Assert.That(
        BuildxPlugin.PathsOf("/usr/bin/docker", new BuildEnvironment { ["DOCKER_CONFIG"] = "/home/x/.docker" }, HostSystem.Linux), Is.EqualTo(new[]
        {
            "/home/x/.docker/cli-plugins/docker-buildx", "/usr/local/lib/docker/cli-plugins/docker-buildx",
            "/usr/local/libexec/docker/cli-plugins/docker-buildx",
            "/usr/lib/docker/cli-plugins/docker-buildx", "/usr/libexec/docker/cli-plugins/docker-buildx", "/usr/bin/cli-plugins/docker-buildx",
        }));

    [Test]
    public void On_macOS_Docker_Desktop_and_Homebrew_count_as_well() => Assert.That(
        BuildxPlugin.PathsOf("/usr/local/bin/docker", new BuildEnvironment(), HostSystem.MacOS),
        Does.Contain("/Applications/Docker.app/Contents/Resources/cli-plugins/docker-buildx").And.Contain(
            "/opt/homebrew/lib/docker/cli-plugins/docker-buildx"));

    [TestCase(HostSystem.MacOS, "/opt/homebrew/bin/docker")]
    [TestCase(HostSystem.MacOS, "/usr/local/bin/docker")]
    [TestCase(HostSystem.MacOS, "/Users/x/.rd/bin/docker")]
    [TestCase(HostSystem.MacOS, "/Applications/Docker.app/Contents/Resources/bin/docker")]
    [TestCase(HostSystem.Windows, @"C:\Program Files\Docker\Docker\resources\bin\docker.EXE")]
    [TestCase(HostSystem.Windows, @"C:\Users\x\AppData\Local\Programs\Rancher Desktop\resources\resources\win32\bin\docker.EXE")]
    public void Docker_is_found_where_it_is_installed_although_PATH_does_not_say_so(HostSystem system, string program)
    {
        var environment = system == HostSystem.Windows ? Windows.With([new("PATH", @"C:\Windows")])
            : new BuildEnvironment { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/Users/x" };
        Assert.That(ProgramSearch.Find("docker", environment, system, file => file == program), Is.EqualTo(program));
        Assert.That(ProgramSearch.Find("git", environment, system, file => file == program.Replace("docker", "git", StringComparison.Ordinal)),
            Is.Null, "of other programs PATH decides");
    }

    [TestCase("\"C:\\Program Files\\My Docker\";C:\\x", "docker", @"C:\Program Files\My Docker\docker.EXE")]
    [TestCase("C:\\a;\"C:\\odd;name\\bin\";C:\\x", "docker", @"C:\odd;name\bin\docker.EXE")]
    [TestCase(@"C:\a;C:\b\", "docker", @"C:\b\docker.EXE")]
    [TestCase(@"C:\a", "docker.exe", @"C:\a\docker.exe")]
    [TestCase(@"C:\a", "docker.cmd", @"C:\a\docker.cmd")]
    [TestCase(@"C:\a", "docker.v2", @"C:\a\docker.v2.EXE")]
    [TestCase("", @"D:\tools\docker.exe", @"D:\tools\docker.exe")]
    [TestCase("", @"D:\tools\docker", @"D:\tools\docker.EXE")]
    [TestCase(@"\usr\bin", "docker", null)]
    [TestCase("tools", "docker", null)]
    public void On_Windows_a_program_is_found_as_cmd_finds_it(string path, string name, string? expected)
    {
        var environment = new BuildEnvironment { ["PATH"] = path, ["PATHEXT"] = ".COM;.EXE;.CMD" };
        Assert.That(ProgramSearch.Find(name, environment, HostSystem.Windows, file => file == (expected ?? file)), Is.EqualTo(expected));
    }

    [Test]
    public void The_shell_of_Git_for_Windows_is_found()
    {
        const string Shell = @"C:\Program Files\Git\bin\sh.EXE";
        Assert.That(ProgramSearch.Find("sh", Windows, HostSystem.Windows, file => file == Shell), Is.EqualTo(Shell));
        Assert.That(ProgramSearch.Find("sh", new BuildEnvironment(), HostSystem.Windows, _ => true), Is.Null);
    }

    [TestCase("/Users/x/.docker/run/docker.sock", "desktop-linux")]
    [TestCase("/Users/x/.colima/default/docker.sock", "colima")]
    [TestCase("/Users/x/.rd/docker.sock", "rancher-desktop")]
    public void An_engine_that_is_not_at_the_usual_socket_is_named_with_its_context(string socket, string context)
    {
        var environment = new BuildEnvironment { ["HOME"] = "/Users/x" };
        Assert.That(EngineEndpoint.ElsewhereOf(environment, HostSystem.MacOS, file => file == socket),
            Is.EqualTo($" (an engine of yours seems to be at {socket}: select it with \"docker context use {context}\")"));
        Assert.That(EngineEndpoint.ElsewhereOf(environment, HostSystem.MacOS, _ => true), Is.Empty, "the usual one is there");
        Assert.That(EngineEndpoint.ElsewhereOf(environment, HostSystem.MacOS, _ => false), Is.Empty);
        Assert.That(EngineEndpoint.ElsewhereOf(environment, HostSystem.Windows, _ => true), Is.Empty);
    }
}
