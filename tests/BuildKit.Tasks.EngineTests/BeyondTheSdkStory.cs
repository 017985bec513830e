using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What images of published files can have that the SDK does not give, and the files for scripts.</summary>
public sealed class BeyondTheSdkStory : Story
{
    [Test]
    public async Task Commands_run_as_root_in_order_before_the_application_comes()
    {
        WriteConsole(
            "<BuildKitHealthCheck>test -f /made || exit "
                + "1</BuildKitHealthCheck><BuildKitStopSignal>SIGQUIT</BuildKitStopSignal><BuildKitVolumes>/data;/logs</BuildKitVolumes>",
            """
            <BuildKitRun Include="id -u &gt; /made; ls /app >> /made 2>/dev/null || true" />
            <BuildKitRun Include="echo &quot;second $HOME&quot; >> /made; echo kept > /var/cache/x/file" CacheMount="/var/cache/x" />
            """);
        var result = (await Project.PublishAsync()).Succeeded();
        Assert.That(result.Log.Warnings, Is.Empty);
        var made = await Machine.Engine.DockerAsync("run", "--rm", "-q", "--pull=always", "--entrypoint", "sh", Image, "-c",
            "cat /made; id -u; test -e /var/cache/x/file || echo not kept");
        Assert.That(made.Succeeded(), Is.EqualTo("0\nsecond /root\n1654\nnot kept"));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("hello"));

        var config = (await Images.ConfigAsync(Repository)).GetProperty("config");
        Assert.That(config.GetProperty("Healthcheck").GetProperty("Test").GetRawText(), Is.EqualTo("""["CMD-SHELL","test -f /made || exit 1"]"""));
        Assert.That(config.GetProperty("StopSignal").GetString(), Is.EqualTo("SIGQUIT"));
        Assert.That(config.GetProperty("Volumes").EnumerateObject().Select(volume => volume.Name), Is.EquivalentTo(new[] { "/data", "/logs" }));

        // The result for scripts.
        var digest = (await Images.ManifestAsync(Repository)).Digest;
        var folder = Project.PathOf("obj/Release/net10.0/buildkit");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "app.digest")), Is.EqualTo(digest));
        var file = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "app.image.json"))).RootElement;
        Assert.That(file.GetProperty("digest").GetString(), Is.EqualTo(digest));
        Assert.That(file.GetProperty("references")[0].GetString(), Is.EqualTo($"{Image}:latest"));
    }

    [Test]
    public async Task A_package_of_a_companys_own_repository_is_installed_by_apt()
    {
        // A repository in a folder, which no network has to reach.
        (await Command.RunAsync(
            "bash",
            ["-ec", """
                mkdir -p pkg/DEBIAN pkg/usr/bin repo
                printf 'Package: greet\nVersion: 1.0\nArchitecture: all\nMaintainer: Shop <shop@example.com>\nDescription: greets\n' > pkg/DEBIAN/control
                printf '#!/bin/sh\necho good day\n' > pkg/usr/bin/greet
                chmod 755 pkg/usr/bin/greet
                dpkg-deb --root-owner-group --build pkg repo/greet.deb
                { dpkg-deb -f repo/greet.deb; echo "Filename: ./greet.deb"; echo "Size: $(stat -c %s repo/greet.deb)"; echo "SHA256: $(sha256sum < repo/greet.deb | cut -d' ' -f1)"; } > repo/Packages
                echo 'deb [trusted=yes] file:/srv/repo ./' > shop.list
                """],
            Project.Folder)).Succeeded();
        WriteConsole(items: """
            <BuildKitCopy Include="repo" Destination="/srv/repo/" />
            <BuildKitCopy Include="shop.list" Destination="/etc/apt/sources.list" />
            <BuildKitRun Include="apt-get update &amp;&amp; apt-get install -y --no-install-recommends greet" CacheMount="/var/cache/apt;/var/lib/apt/lists" />
            <BuildKitRun Include="greet > /greeting" />
            """);
        (await Project.PublishAsync()).Succeeded();
        Assert.That(
            await new EngineImages(Machine.Engine).RunShellAsync(Image,
                "cat /greeting; greet; ls /var/lib/apt/lists | grep -c srv_repo; dotnet app.dll"), Is.EqualTo("good day\ngood day\n0\nhello"));
    }

    [Test]
    public async Task With_SOURCE_DATE_EPOCH_two_folders_and_two_cold_engines_give_one_digest()
    {
        var epoch = new Dictionary<string, string?> { ["SOURCE_DATE_EPOCH"] = "1700000000" };
        var digests = new List<string>();
        foreach (var folder in new[] { "one", "two/deeper" })
        {
            await using var engine = await EngineFixture.StartAsync("cold" + digests.Count);
            Use(engine);
            Project.Write($"{folder}/app.csproj", Console(
                "<ContinuousIntegrationBuild>true</ContinuousIntegrationBuild><PathMap>$(MSBuildProjectDirectory)=/src</PathMap>"
                    + "<BuildKitCacheType>None</BuildKitCacheType>",
                """<BuildKitCopy Include="copied.txt" Destination="/app/data/" /><BuildKitCopy Include="copied.txt" Destination="/etc/shop/" />"""));
            Project.Write($"{folder}/Program.cs", "System.Console.WriteLine(\"hello\");");
            Project.Write($"{folder}/copied.txt", "x");
            (await Project.DotnetAsync(["publish"], folder, epoch)).Succeeded();
            digests.Add((await Images.ManifestAsync(Repository)).Digest);
        }

        Assert.That(digests[1], Is.EqualTo(digests[0]));
    }

    [Test]
    public async Task An_image_can_go_to_a_registry_two_archives_and_an_OCI_layout_at_once()
    {
        WriteConsole(items: """
            <BuildKitOutput Include="registry" /><BuildKitOutput Include="oci" Path="out/oci.tar" />
            <BuildKitOutput Include="docker" Path="out/docker.tar.gz" /><BuildKitOutput Include="oci-layout" Path="out/layout" />
            """);
        (await Project.PublishAsync()).Succeeded();
        Assert.That(await Images.FindAsync(Repository), Is.Not.Null);
        Assert.That(Project.PathOf("out/layout/oci-layout"), Does.Exist);
        Assert.That(await File.ReadAllTextAsync(Project.PathOf("out/layout/index.json")), Does.Contain($"{Image}:latest"));
        Assert.That(LayerFiles.ReadFile(Project.PathOf("out/oci.tar")).Keys, Does.Contain("index.json"));
        (await Machine.Engine.DockerAsync("load", "-i", Project.PathOf("out/docker.tar.gz"))).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunLoadedAsync(Image), Is.EqualTo("hello"));
    }
}
