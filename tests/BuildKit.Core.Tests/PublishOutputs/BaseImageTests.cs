using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;
using BuildKit.Core.Tests.Registries;

namespace BuildKit.Core.Tests.PublishOutputs;

public sealed class BaseImageTests
{
    private static readonly Platform Arm = new("linux", "arm64");

    [Test]
    public async Task A_configuration_is_read_once_for_a_digest_and_a_platform()
    {
        using var folder = new TestFolder();
        using var server = StubServer.Http(StubRegistry.Serve);
        using var registries = new RegistryClients(StubRegistry.NoEnvironment, StubRegistry.Quick);
        var byTag = StubRegistry.Image(server).ToString();

        var first = await ReadAsync(byTag);
        Assert.That((first.ConfigJson, first.Digest), Is.EqualTo((StubRegistry.Config, StubRegistry.DigestOf(StubRegistry.Manifest))));
        Assert.That(await RequestsAsync(byTag), Is.EqualTo(1), "where the tag points is asked each time");
        Assert.That(await RequestsAsync(first.Reference), Is.Zero);
        File.Delete(Path.Combine(folder.Path, "base.json"));
        Assert.That(await RequestsAsync(first.Reference), Is.EqualTo(3));
        File.WriteAllText(Path.Combine(folder.Path, "base.json"), "{ broken");
        Assert.That(await ReadAsync(byTag), Is.EqualTo(first));

        async Task<int> RequestsAsync(string name)
        {
            var before = server.Requests.Count;
            Assert.That(await ReadAsync(name), Is.EqualTo(first));
            return server.Requests.Count - before;
        }

        Task<BaseImage> ReadAsync(string name) =>
            BaseImage.ReadAsync(name, Arm, StubRegistry.NoEnvironment, registries, Path.Combine(folder.Path, "base.json"), null, default);
    }
}
