using System.Text;
using BuildKit.Core.Environments;
using BuildKit.Core.Registries;
using BuildKit.Core.Tests.Http;
using static BuildKit.Core.Tests.Registries.StubRegistry;

namespace BuildKit.Core.Tests.Registries;

/// <summary>What Docker reads, we read: its reader is Go's, which forgives more than .NET's.</summary>
public sealed class DockerConfigOdditiesTests
{
    private const string Login = "dTpwdw==";

    [Test]
    public void Bytes_that_are_no_UTF8_do_not_matter_to_the_other_entries()
    {
        byte[] text =
        [
            .. "{\"auths\":{\"a"u8, 0xff, .. "\":{\"auth\":\"x"u8, 0xc3,
            .. Encoding.UTF8.GetBytes($"\"}},\"r:5000\":{{\"auth\":\"{Login}\"}}}},\"credHelpers\":{{\""),
            0xfe, .. "\":\"h\"},\"currentContext\":\"c\"}"u8,
        ];
        var config = DockerConfigFile.Parse("", text);
        Assert.That((config.CurrentContext, config.Credentials["r:5000"].UserName, config.CredentialHelpers["\uFFFD"]), Is.EqualTo(("c", "u", "h")));
    }

    [TestCase("\\ud800")]
    [TestCase("\\udc00x")]
    [TestCase("\\ud800\\u0041")]
    [TestCase("\\\\\\ud800")]
    public void Half_a_surrogate_pair_does_not_matter_to_the_other_entries(string half)
    {
        var config = DockerConfigFile.Parse("",
            Encoding.UTF8.GetBytes(
                $$$$"""{"credsStore":"{{{{half}}}}","auths":{"{{{{half}}}}":{"auth":"{{{{half}}}}"},"r:5000":{"auth":"{{{{Login}}}}"}}}"""));
        Assert.That((config.Credentials["r:5000"].UserName, config.CredentialsStore), Is.EqualTo(("u", config.CredentialsStore)));
        Assert.That(config.CredentialsStore, Does.Contain("\uFFFD"));
    }

    [Test]
    public void A_whole_surrogate_pair_stays() =>
        Assert.That(
            DockerConfigFile.Parse("", """{"currentContext":"\ud83d\ude00 \\ud800"}"""u8.ToArray()).CurrentContext,
            Is.EqualTo("\U0001F600 \\ud800"));

    [Test]
    public void Of_a_key_that_is_there_twice_the_last_one_counts_and_objects_are_joined()
    {
        var config = DockerConfigFile.Parse("", Encoding.UTF8.GetBytes($$$"""
            {"auths":{"a":{"auth":"{{{Login}}}"},"b":{"auth":"eDp4"}},"auths":{"b":{"auth":"{{{Login}}}"}},
             "proxies":{"default":{"httpProxy":"http://1"},"default":{"httpProxy":"http://2"}},"currentContext":"1","currentContext":"2"}
            """));
        Assert.That((config.Credentials["a"].UserName, config.Credentials["b"].UserName, config.CurrentContext), Is.EqualTo(("u", "u", "2")));
        Assert.That(config.Proxies["default"]["httpProxy"], Is.EqualTo("http://2"));
    }

    [Test]
    public async Task A_token_with_a_line_break_is_refused_with_its_file_and_key()
    {
        using var folder = new TestFolder();
        using var server = StubServer.Http(_ => Challenge("Bearer realm=\"http://127.0.0.1:1/\""));
        folder.Write("config.json", $$$$"""{"auths":{"{{{{server.Authority}}}}":{"auth":"{{{{Login}}}}","registrytoken":"first\nsecond"}}}""");
        using var client = new RegistryClient(new BuildEnvironment { ["DOCKER_CONFIG"] = folder.Path }, Quick);
        var failure = await FailureAsync(() => client.HeadManifestAsync(Image(server), default));
        Assert.That(failure.Message, Does.Contain("line break").And.Not.Contain("second"));
        Assert.That(failure.Message, Does.Contain($"the entry \"{server.Authority}\" of {folder.Full("config.json")}"));
    }

    [TestCase("first\\nsecond")]
    [TestCase("first second")]
    [TestCase("t\\u00e4st")]
    public async Task A_token_that_a_server_answers_and_no_header_can_hold_is_refused_with_its_name(string token)
    {
        using var realm = StubServer.Http(_ => new StubAnswer(200, $$"""{"token":"{{token}}"}"""));
        using var server = StubServer.Http(_ => Challenge($"Bearer realm=\"http://{realm.Authority}/\""));
        using var client = new RegistryClient(NoEnvironment, Quick);
        var failure = await FailureAsync(() => client.HeadManifestAsync(Image(server), default));
        Assert.That(failure.Kind, Is.EqualTo(RegistryFailure.Server));
        Assert.That(failure.Message, Does.Contain("line break, a blank or another character").And.Contains("127.0.0.1").And.Not.Contain("first"));
    }

    private static async Task<RegistryException> FailureAsync(Func<Task> ask) => (await Assert.ThrowsAsync<RegistryException>(() => ask()))!;

    private static StubAnswer Challenge(string challenge) => new(401) { Headers = { ["WWW-Authenticate"] = challenge } };
}
