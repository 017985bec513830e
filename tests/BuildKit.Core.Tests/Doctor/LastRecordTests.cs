using BuildKit.Core.Doctor;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Tests.Doctor;

/// <summary>The doctor is called for Debug, and looks at what a publish for Release has left.</summary>
public sealed class LastRecordTests
{
    [TestCase("obj/Debug/buildkit/", "obj/Release/buildkit/app.caches")]
    [TestCase("obj/Debug/net10.0/buildkit/", "obj/Release/net10.0/buildkit/app.caches")]
    [TestCase("obj/Release/net10.0/buildkit/", "obj/Release/net10.0/buildkit/app.caches")]
    public void The_record_of_a_publish_is_found(string intermediate, string record)
    {
        using var folder = new TestFolder();
        var written = folder.Write(record);
        Assert.That(CacheCheck.LastRecordOf(Build(folder.Full(intermediate))), Is.EqualTo(written));
    }

    [Test]
    public void Of_two_records_the_newer_one_counts()
    {
        using var folder = new TestFolder();
        var published = folder.Write("obj/Release/buildkit/app.caches");
        var built = folder.Write("obj/Debug/buildkit/app.caches");
        File.SetLastWriteTimeUtc(published, DateTime.UtcNow.AddHours(-1));
        Assert.That(CacheCheck.LastRecordOf(Build(folder.Full("obj/Debug/buildkit/"))), Is.EqualTo(built));
        File.SetLastWriteTimeUtc(built, DateTime.UtcNow.AddHours(-2));
        Assert.That(CacheCheck.LastRecordOf(Build(folder.Full("obj/Debug/buildkit/"))), Is.EqualTo(published));
    }

    private static BuildRequest Build(string folder) => new() { Name = "app", ProjectFile = "app.csproj", IntermediateFolder = folder };
}
