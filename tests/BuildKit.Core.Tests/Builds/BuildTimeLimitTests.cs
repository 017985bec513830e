using BuildKit.Core.Builds;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Processes;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;
using BuildKit.Core.Tests.Builders;

namespace BuildKit.Core.Tests.Builds;

public sealed class BuildTimeLimitTests
{
    private static readonly BuildRequest Request = new()
    {
        Name = "api",
        ProjectFile = "/src/api.csproj",
        IntermediateFolder = "/src/obj",
        Dockerfile = "",
        Context = "",
    };

    [Test]
    public async Task A_build_that_hangs_is_ended_and_named()
    {
        var sink = new ListSink();
        using var limit = new BuildTimeLimit(TimeSpan.FromMilliseconds(50), ProcessCancellation.None);
        limit.Observe(sink).Message(MessageLevel.Normal, "  RUN sleep  1 s");
        await Task.Delay(Timeout.Infinite, limit.Cancellation.Graceful).ContinueWith(_ => { }, TaskScheduler.Default);
        limit.Report("api", "/src/api.csproj", sink);
        Assert.That(sink.Diagnostics.Single().Message, Does.StartWith("The build of api was ended after 0.1 s").And.Contains("RUN sleep"));
    }

    [Test]
    public void A_build_that_somebody_stops_is_not_called_too_slow()
    {
        using var stop = new CancellationTokenSource();
        using var limit = new BuildTimeLimit(TimeSpan.FromHours(1), new ProcessCancellation(stop.Token, default));
        stop.Cancel();
        Assert.That((limit.Cancellation.Graceful.IsCancellationRequested, limit.Expired), Is.EqualTo((true, false)));
    }

    [TestCase("600", 600), TestCase("0:10:00", 600), TestCase("\"1.5\"", 1.5), TestCase("0", 0)]
    public void Times(string text, double seconds) =>
        Assert.That(TimeSetting.Read("BuildKitTimeout", text, null), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("soon"), TestCase("-3"), TestCase("10m")]
    public void What_is_no_time_is_refused(string text) =>
        Assert.That(Assert.Throws<DiagnosticException>(() => TimeSetting.Read("BuildKitTimeout", text, null))!.Diagnostics[0].Code,
            Is.EqualTo("BK1033"));
}
