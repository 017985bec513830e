using BuildKit.Core.Diagnostics;
using BuildKit.Core.EngineMessages;

namespace BuildKit.Core.Tests.EngineMessages;

public sealed class DockerfileOriginTests
{
    [TestCase(2, "Dockerfile", 2)]
    [TestCase(4, "devspace.yaml", 9)]
    [TestCase(6, "Dockerfile", 4)]
    [TestCase(0, "obj", 0)]
    public void A_line_is_where_its_writer_has_it(int line, string file, int expected)
    {
        using var folder = new TestFolder();
        var made = folder.Write("obj");
        DockerfileOrigin.Write(made,
            [new(1, 3, folder.Full("Dockerfile"), 1), new(4, 1, folder.Full("devspace.yaml"), 9, IsOnePlace: true),
                new(5, 100, folder.Full("Dockerfile"), 3)]);
        var place = DockerfileOrigin.Of(new SourceLocation(made, line));
        Assert.That((place.File, place.Line), Is.EqualTo((folder.Full(file), expected)));
    }

    [Test]
    public void A_place_in_any_other_file_stays()
    {
        var place = new SourceLocation("/nowhere/Dockerfile", 3, 4);
        Assert.That(DockerfileOrigin.Of(place), Is.SameAs(place));
    }
}
