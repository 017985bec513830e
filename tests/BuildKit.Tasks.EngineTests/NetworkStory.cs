namespace BuildKit.Tasks.EngineTests;

/// <summary>The network that RUN steps reach.</summary>
public sealed class NetworkStory : Story
{
    [TestCase("none", "lo")]
    [TestCase("default", "eth0 lo")]
    public async Task The_network_of_steps_is_the_one_that_was_asked_for(string network, string interfaces)
    {
        WriteDockerfile(
            $"FROM {BaseImages.Debian}\nRUN grep -o '[a-z0-9]*:' /proc/net/dev | tr -d : | sort | grep -E '^(lo|eth.*)$' | xargs echo > "
                + $"/interfaces\nCMD [\"cat\", \"/interfaces\"]\n",
            $"<BuildKitNetwork>{network}</BuildKitNetwork>");
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo(interfaces));
    }
}
