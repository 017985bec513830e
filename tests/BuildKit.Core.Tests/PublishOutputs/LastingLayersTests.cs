using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Tests.PublishOutputs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LastingLayersTests : IDisposable
{
    private readonly TestFolder folder = new();

    private PublishOutput Output => new()
    {
        Folder = folder.Path,
        BaseImage = "base",
        Layers = new Dictionary<string, PublishLayer> { ["package.dll"] = PublishLayer.Packages },
        Commands = [new ImageCommand("apt-get update", [], [])],
        Copies = [new CopiedFile(folder.Full("copied"), "/etc/", "copied", "", "")],
        Fragment = folder.Full("fragment"),
        Config = new() { Command = new() },
    };

    [SetUp]
    public void WriteFiles() => Files("app.dll", "package.dll", "copied", "fragment");

    public void Dispose() => folder.Dispose();

    [TestCase("app.dll", true)]
    [TestCase("package.dll", false)]
    [TestCase("copied", false)]
    [TestCase("fragment", false)]
    public void Outlast_an_edit_of_the_application_alone(string edited, bool same)
    {
        var before = LastingLayers.KeyOf(Output);
        folder.Write(edited, "edited");
        Assert.That(LastingLayers.KeyOf(Output) == before, Is.EqualTo(same));
    }

    [Test]
    public void Are_others_on_another_base_after_other_commands_and_in_another_folder()
    {
        PublishOutput[] outputs =
        [
            Output, Output with { BaseImage = "other" }, Output with { Commands = [] },
            Output with { Config = new() { Command = new(), WorkingDirectory = "/srv/" } },
            Output with { Copies = [new CopiedFile(folder.Full("copied"), "/etc/", "copied", "0600", "")] },
        ];
        Assert.That(outputs.Select(LastingLayers.KeyOf), Is.Unique);
    }

    private void Files(params string[] names) => names.ToList().ForEach(name => folder.Write(name, "1"));
}
