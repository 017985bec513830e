using System.Text;
using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>A list of contents, made by a scanner of our own: BuildKit's usual one cannot be fetched here.</summary>
public sealed class AttestationStory : Story
{
    // BuildKit's protocol for scanners: statements about the files below one folder go into the other.
    private const string Scanner = """
        #!/bin/sh
        set -e
        cat > "$BUILDKIT_SCAN_DESTINATION/list.spdx.json" <<END
        {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document",
         "predicate":{"spdxVersion":"SPDX-2.3","name":"$(ls "$BUILDKIT_SCAN_SOURCE"/made)"}}
        END
        """;

    [Test]
    public async Task The_list_of_a_scanner_lies_in_the_index_beside_the_image()
    {
        var scanner = $"{Machine.Registry.Address}/{Repository}/scanner:1";
        await PushScannerAsync(scanner);
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /made/\n", $"<BuildKitSbom>{scanner}</BuildKitSbom>");
        (await Project.DotnetAsync(["publish"])).Succeeded();

        var statement = await StatementAsync("https://spdx.dev/Document");
        Assert.That(statement.GetProperty("predicate").GetProperty("name").GetString(), Is.EqualTo("Dockerfile"),
            "what the scanner saw of the image");
        var image = (await Images.ManifestAsync(Repository)).Json.GetProperty("manifests")[0].GetProperty("digest").GetString()!;
        Assert.That(statement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString(),
            Is.EqualTo(image["sha256:".Length..]));
        Assert.That((await Project.DotnetAsync(["publish"])).Succeeded().Output, Does.Contain("unchanged"));
    }

    [Test]
    public async Task A_scanner_that_is_not_there_is_named()
    {
        var scanner = $"{Machine.Registry.Address}/{Repository}/nobody:1";
        WriteDockerfile("FROM scratch\nCOPY Dockerfile /made/\n", $"<BuildKitSbom>{scanner}</BuildKitSbom>");
        var failed = await Project.DotnetAsync(["publish"]);
        Assert.That(failed.ExitCode, Is.EqualTo(1));
        Assert.That(failed.Log.Errors.Single().Text, Does.Contain(scanner));
    }

    private async Task PushScannerAsync(string name)
    {
        Project.Write("scanner/scan", Scanner);
        Project.Write("scanner/Dockerfile", $"FROM {BaseImages.Debian}\nCOPY --chmod=755 scan /\nENTRYPOINT [\"/scan\"]\n");
        (await Machine.Engine.DockerAsync("buildx", "build", "--push", "--provenance=false", "-t", name, Project.PathOf("scanner"))).Succeeded();
    }

    private async Task<JsonElement> StatementAsync(string type)
    {
        var attestation = (await Images.ManifestAsync(Repository)).Json.GetProperty("manifests").EnumerateArray().Single(manifest =>
            manifest.TryGetProperty("annotations", out var notes)
                && notes.GetProperty("vnd.docker.reference.type").GetString() == "attestation-manifest");
        var manifest = await Images.ManifestAsync(Repository, attestation.GetProperty("digest").GetString()!);
        var layer = manifest.Json.GetProperty("layers").EnumerateArray().Single(layer =>
            layer.GetProperty("annotations").GetProperty("in-toto.io/predicate-type").GetString() == type);
        return JsonDocument.Parse(Encoding.UTF8.GetString(await Images.BlobAsync(Repository, layer.GetProperty("digest").GetString()!))).RootElement;
    }
}
