using BuildKit.Core.Progress;

namespace BuildKit.Core.Tests.Progress;

public sealed class StepNameTests
{
    [TestCase("[build 2/3] COPY src /src", false, null, null, "build", 2, 3, "COPY src /src")]
    [TestCase("[stage-2 1/1] COPY --from=build /out /out", false, null, null, "stage-2", 1, 1, "COPY --from=build /out /out")]
    [TestCase("[1/3] RUN true", false, null, null, null, 1, 3, "RUN true")]
    [TestCase("[linux/arm64 build 1/2] RUN [ -f a ]", false, null, "linux/arm64", "build", 1, 2, "RUN [ -f a ]")]
    [TestCase("[linux/amd64->arm64 build 1/2] RUN x", false, null, "linux/amd64->arm64", "build", 1, 2, "RUN x")]
    [TestCase("[linux/arm64 1/2] RUN x", false, null, "linux/arm64", null, 1, 2, "RUN x")]
    [TestCase("[api build 1/2] RUN x", true, "api", null, "build", 1, 2, "RUN x")]
    [TestCase("[api 1/2] RUN x", true, "api", null, null, 1, 2, "RUN x")]
    [TestCase("[api linux/arm64 build 1/2] RUN x", true, "api", "linux/arm64", "build", 1, 2, "RUN x")]
    [TestCase("[api] exporting to image", true, "api", null, null, 0, 0, "exporting to image")]
    [TestCase("[internal] load local bake definitions", true, null, null, null, 0, 0, "load local bake definitions")]
    [TestCase("[linux/arm64 internal] load metadata for a:1", false, null, "linux/arm64", null, 0, 0, "load metadata for a:1")]
    [TestCase("[context publish] load from client", false, null, null, null, 0, 0, "load from client")]
    [TestCase("exporting to image", false, null, null, null, 0, 0, "exporting to image")]
    [TestCase("[broken", false, null, null, null, 0, 0, "[broken")]
    [TestCase("", false, null, null, null, 0, 0, "")]
    public void Is_taken_apart(
        string name, bool hasTargets, string? target, string? platform, string? stage, int position, int count, string instruction) =>
        Assert.That(StepName.Parse(name, hasTargets), Is.EqualTo(new StepName(target, platform, stage, position, count, instruction)));

    [TestCase("[api internal] load .dockerignore", true)]
    [TestCase("[linux/arm64 internal] load metadata for a:1", false)]
    [TestCase("[internal] load .dockerignore", false)]
    [TestCase("[api 1/2] RUN x", false)]
    public void Shows_whether_a_bake_has_several_targets(string name, bool shows) =>
        Assert.That(StepName.ShowsBakeTarget(name), Is.EqualTo(shows));
}
