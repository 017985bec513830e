using BuildKit.Core.Builders;
using BuildKit.Core.Doctor;
using BuildKit.Core.Environments;
using BuildKit.Core.Projects;
using BuildKit.Core.Tests.DevSpace;

namespace BuildKit.Core.Tests.Doctor;

public sealed class DoctorInputReaderTests
{
    [Test]
    public void The_registries_of_all_images_are_looked_at_and_caches_are_those_of_the_first()
    {
        var sink = new CollectingSink();
        var input = DoctorInputReader.Read(new BuilderRequest { WorkingDirectory = "/project" },
            [Image("api", "a.example.com"), Image("web", "b.example.com")], () => throw new InvalidOperationException(), sink);
        Assert.That(input.Images.Select(image => image.Registry), Is.EqualTo(new[] { "a.example.com", "b.example.com" }));
        Assert.That((input.ImageName, input.Caches is null, sink.Found.Count), Is.EqualTo(("api", false, 0)));
    }

    private static ImageSettings Image(string name, string registry) => new(
        name,
        "/project/images.proj",
        new Dictionary<string, string>
        { ["_BuildKitIntermediateFolder"] = "/project/obj/buildkit/", ["ContainerRegistry"] = registry, ["ContainerRepository"] = name },
        new Dictionary<string, IReadOnlyList<SettingItem>>(),
        new BuildEnvironment());
}
