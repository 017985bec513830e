using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.Tests.Dockerfiles;

public sealed class ExternalImagesTests
{
    private const string Text = """
        ARG TAG=1
        FROM base:$TAG AS build
        COPY --from=tools:2 /bin/t /bin/
        COPY --from=build /x /y
        RUN --mount=type=cache,target=/c --mount=type=bind,from=data:3,target=/d true
        FROM scratch
        COPY --from=0 /x /
        COPY --from=scratch /x /
        FROM build
        """;

    [Test]
    public void Are_what_is_named_and_is_no_stage() =>
        Assert.That(ExternalImages.Of(Dockerfile.Parse("Dockerfile", Text), new Dictionary<string, string> { ["TAG"] = "9" }),
            Is.EqualTo(new[] { "base:9", "tools:2", "data:3" }));
}
