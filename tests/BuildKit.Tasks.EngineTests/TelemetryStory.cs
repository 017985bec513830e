using System.Net;

namespace BuildKit.Tasks.EngineTests;

/// <summary>buildx sends spans when OTEL_EXPORTER_OTLP_ENDPOINT is set: they are a part of the trace that the build's environment names.</summary>
public sealed class TelemetryStory : Story
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";

    [Test]
    public async Task The_spans_of_a_build_belong_to_the_trace_of_whoever_started_it()
    {
        using var receiver = new HttpListener();
        var port = Random.Shared.Next(20_000, 30_000);
        receiver.Prefixes.Add($"http://127.0.0.1:{port}/");
        receiver.Start();
        var bodies = ReceiveAsync(receiver);
        WriteDockerfile($"FROM {BaseImages.Debian}\nRUN echo {Repository}\n");
        (await Project.DotnetAsync(["publish", "image.proj"], variables: new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["TRACEPARENT"] = $"00-{Trace}-{Parent}-01",
        })).Succeeded();
        receiver.Stop();
        // Protobuf holds both as plain bytes; each span names its trace, and the outermost one its parent.
        var spans = Convert.ToHexStringLower((await bodies).SelectMany(body => body).ToArray());
        Assert.That(spans.Split(Trace), Has.Length.GreaterThan(5), "one for each step at least");
        Assert.That(spans, Does.Contain(Parent));
    }

    private static async Task<List<byte[]>> ReceiveAsync(HttpListener receiver)
    {
        var bodies = new List<byte[]>();
        try
        {
            while (true)
            {
                var context = await receiver.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url!.AbsolutePath == "/v1/traces")
                {
                    bodies.Add(body.ToArray());
                }

                context.Response.Close();
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            return bodies;
        }
    }
}
