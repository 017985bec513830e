using BuildKit.Core.Builds;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.Builds;

/// <summary>Which steps wait for somebody else when nothing is heard of a build.</summary>
public sealed class QuietStepsTests
{
    // name of the running step, its open part -> registry that is waited for; null for a step that works
    [TestCase("importing cache manifest from r.example:5000/a:cache", "", "r.example:5000")]
    [TestCase("[internal] load metadata for docker.io/library/node:22", "", "docker.io")]
    [TestCase("resolve image config for docker-image://docker.io/docker/dockerfile:1", "", "docker.io")]
    [TestCase("[auth] team/shop:pull,push token for r.example", "", "r.example")]
    [TestCase("[1/2] FROM r.example/a:1@sha256:0123456789012345678901234567890123456789012345678901234567890123", "sha256:0123", "r.example")]
    [TestCase("[1/2] FROM r.example/a:1", "resolve r.example/a:1", "r.example")]
    [TestCase("[1/2] FROM r.example/a:1", "extracting sha256:0123", null)]
    [TestCase("exporting to image", "pushing manifest for r.example/a:1@sha256:0123", "r.example")]
    [TestCase("exporting to image", "pushing layers", "pushed.example")]
    [TestCase("exporting to image", "exporting layers", null)]
    [TestCase("exporting to image", "unpacking to r.example/a:1", null)]
    [TestCase("exporting cache to registry", "writing layer sha256:0123", "cache.example")]
    [TestCase("exporting cache to registry", "preparing build cache for export", null)]
    [TestCase("[2/2] ADD https://files.example/a.tar.gz /", "", "files.example")]
    [TestCase("[2/2] ADD a.tar.gz /", "", null)]
    [TestCase("[internal] load git source https://git.example/a/b.git#main", "", "git.example")]
    [TestCase("[internal] load build definition from Dockerfile", "", "")]
    [TestCase("[internal] booting buildkit", "pulling image moby/buildkit:buildx-stable-1", "docker.io")]
    [TestCase("[build 3/6] RUN npm ci", "", null)]
    [TestCase("[build 3/6] COPY . .", "", null)]
    [TestCase("something that a later BuildKit does", "", null)]
    public void A_step_waits_for(string name, string part, string? registry)
    {
        var scene = Look(Graph(name, part));
        Assert.That(scene.IsBusy, Is.EqualTo(registry is null));
        Assert.That(scene.Awaited.Select(work => work.Registry), Is.EqualTo(registry is null ? [] : new[] { registry }));
    }

    [TestCase("pushing layers", true)]
    [TestCase("pushing manifest for r.example/a:1", false)]
    public void Only_of_layers_no_progress_is_seen(string part, bool isLarge) =>
        Assert.That(Look(Graph("exporting to image", part)).Awaited.Single().IsLarge, Is.EqualTo(isLarge));

    [Test]
    public void Nothing_runs_when_nothing_has_begun_or_all_has_ended()
    {
        var graph = new BuildGraph();
        graph.Apply(ProgressReader.TryRead("""{"vertexes":[{"digest":"sha256:a","name":"[internal] load build definition from Dockerfile"}]}""")!);
        Assert.That(Look(graph), Is.EqualTo(new QuietLook(false, []))
            .Using<QuietLook>((a, b) => a.IsBusy == b.IsBusy && a.Awaited.Count == b.Awaited.Count));
    }

    private static QuietLook Look(BuildGraph graph) => new QuietSteps(["pushed.example"], ["cache.example"]).Look(graph);

    private static BuildGraph Graph(string name, string part)
    {
        var graph = new BuildGraph();
        graph.Apply(ProgressReader.TryRead($$"""{"vertexes":[{"digest":"sha256:a","name":"{{name}}","started":"2026-11-28T09:00:00Z"}]}""")!);
        if (part.Length > 0)
        {
            graph.Apply(ProgressReader.TryRead($$"""{"statuses":[{"id":"{{part}}","vertex":"sha256:a","started":"2026-11-28T09:00:00Z"}]}""")!);
        }

        return graph;
    }
}
