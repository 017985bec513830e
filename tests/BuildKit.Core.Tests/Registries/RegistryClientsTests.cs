using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;

namespace BuildKit.Core.Tests.Registries;

[Platform("Unix")]
public sealed class RegistryClientsTests
{
    [Test]
    public async Task A_login_is_had_once_for_all_questions_and_a_token_once_for_a_repository()
    {
        using var folder = new TestFolder();
        var helper = folder.Write("docker-credential-counted",
            "#!/bin/sh\ncat > /dev/null\necho x >> \"$0.calls\"\necho '{\"Username\":\"ann\",\"Secret\":\"hush\"}'\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Write("config.json", """{"credsStore":"counted"}""");
        StubServer server = null!;
        server = StubServer.Http(request => request.Path.StartsWith("/token", StringComparison.Ordinal) ? new StubAnswer(200, """{"token":"t"}""")
            : request.Authorization == "Bearer t" ? new StubAnswer(request.Method == "POST" ? 202 : 200, "{}")
            : new StubAnswer(401) { Headers = { ["WWW-Authenticate"] = $"Bearer realm=\"http://{server.Authority}/token\",service=\"s\"" } });
        using (server)
        using (var registries = new RegistryClients(new BuildEnvironment
        { ["DOCKER_CONFIG"] = folder.Path, ["PATH"] = folder.Path + ":/usr/bin:/bin" }, StubRegistry.Quick))
        {
            foreach (var name in new[] { "one", "two" })
            {
                var image = new ImageReference(server.Authority, name, "1");
                await registries.For(RegistryAccess.Pull).GetManifestAsync(image, default);
                await registries.For(RegistryAccess.PullFromOutput).GetManifestAsync(image, default);
                await registries.For(RegistryAccess.PullFromOutput).GetManifestAsync(image, default);
                await new PushPreflight(registries).CheckAsync(image, default);
            }

            Assert.That(File.ReadAllLines(helper + ".calls"), Has.Length.EqualTo(1));
            Assert.That(server.Requests.Count(request => request.Path.StartsWith("/token", StringComparison.Ordinal)), Is.EqualTo(6),
                "three kinds of access to two repositories");
        }
    }
}
