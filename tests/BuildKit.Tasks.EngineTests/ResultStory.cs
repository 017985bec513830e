using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

public sealed class ResultStory : Story
{
    [Test]
    public async Task GetProperty_answers_with_the_digest_that_the_registry_has()
    {
        WriteConsole();
        var built = (await Project.PublishAsync("-getProperty:GeneratedContainerDigest")).Succeeded();
        var digest = (await Images.ManifestAsync(Repository)).Digest;
        Assert.That(built.Output.Trim(), Is.EqualTo(digest));

        var unchanged = (await Project.PublishAsync("-getProperty:GeneratedContainerDigest")).Succeeded();
        Assert.That(unchanged.Output.Trim(), Is.EqualTo(digest));
    }

    [Test]
    public async Task The_outputs_of_the_SDK_are_filled()
    {
        WriteConsole();
        var result = (await Project.PublishAsync(
            "-getProperty:GeneratedContainerManifest", "-getProperty:GeneratedContainerConfiguration",
            "-getProperty:GeneratedContainerMediaType", "-getItem:GeneratedContainer")).Succeeded();
        var answer = JsonDocument.Parse(result.Output).RootElement;
        var manifest = await Images.ManifestAsync(Repository);
        var properties = answer.GetProperty("Properties");
        Assert.That(properties.GetProperty("GeneratedContainerManifest").GetString(), Is.EqualTo(manifest.Text));
        Assert.That(properties.GetProperty("GeneratedContainerMediaType").GetString(), Is.EqualTo(manifest.MediaType));
        var config = JsonDocument.Parse(properties.GetProperty("GeneratedContainerConfiguration").GetString()!).RootElement;
        Assert.That(config.GetProperty("config").GetRawText(), Is.EqualTo((await Images.ConfigAsync(Repository)).GetProperty("config").GetRawText()));
        var container = answer.GetProperty("Items").GetProperty("GeneratedContainer").EnumerateArray().Single();
        Assert.That(container.GetProperty("ManifestDigest").GetString(), Is.EqualTo(manifest.Digest));
    }

    [Test]
    public async Task The_verb_returns_the_image_as_an_item()
    {
        WriteConsole("<ContainerImageTags>1.4.0;latest</ContainerImageTags>");
        (await Project.DotnetAsync(["restore"])).Succeeded();
        var result = (await Project.DotnetAsync(["msbuild", "-getTargetResult:BuildKitBuildImage"])).Succeeded();
        var item = JsonDocument.Parse(result.Output).RootElement
            .GetProperty("TargetResults").GetProperty("BuildKitBuildImage").GetProperty("Items").EnumerateArray().Single();
        Assert.That(item.GetProperty("Reference").GetString(), Is.EqualTo($"{Image}:1.4.0"));
        var manifest = await Images.ManifestAsync(Repository);
        Assert.Multiple(() =>
        {
            Assert.That(item.GetProperty("Digest").GetString(), Is.EqualTo(manifest.Digest));
            Assert.That(item.GetProperty("ConfigDigest").GetString(),
                Is.EqualTo(JsonDocument.Parse(manifest.Text).RootElement.GetProperty("config").GetProperty("digest").GetString()));
            Assert.That(item.GetProperty("Platforms").GetString(), Is.EqualTo("linux/amd64"), "the builder's own, of which the project says nothing");
            Assert.That(item.GetProperty("StepsRun").GetString(), Is.Not.EqualTo("0"));
            Assert.That(item.GetProperty("CacheRead").GetString(), Is.Empty, "there was none");
            Assert.That(item.GetProperty("CacheWritten").GetString(), Is.EqualTo($"{Image}:devcache"));
        });
    }
}
