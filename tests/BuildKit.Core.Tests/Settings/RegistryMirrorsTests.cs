using BuildKit.Core.Requests;
using BuildKit.Core.Settings;

namespace BuildKit.Core.Tests.Settings;

public sealed class RegistryMirrorsTests
{
    private static readonly KeyValuePair<string, string>[] Mirrors =
    [
        new("mcr.microsoft.com", "r.example.com/mcr"), new("mcr.microsoft.com/dotnet/sdk", "r.example.com/our/sdk"),
        new("docker.io", "r.example.com:5000/hub"), new("r.example.com", "r.example.com/proxy"),
    ];

    [TestCase("mcr.microsoft.com/dotnet/aspnet:10.0", "r.example.com/mcr/dotnet/aspnet:10.0")]
    [TestCase("mcr.microsoft.com/dotnet/sdk:10.0", "r.example.com/our/sdk:10.0")]
    [TestCase("mcr.microsoft.com/dotnet/sdk-extra:1", "r.example.com/mcr/dotnet/sdk-extra:1")]
    [TestCase("mcr.microsoft.com:443/x:1", null)]
    [TestCase("debian", "r.example.com:5000/hub/library/debian:latest")]
    [TestCase("team/app:1", "r.example.com:5000/hub/team/app:1")]
    [TestCase("docker.io/library/debian:12@sha256:0123456789abcdef0123456789abcdef",
        "r.example.com:5000/hub/library/debian:12@sha256:0123456789abcdef0123456789abcdef")]
    [TestCase("r.example.com/x:1", "r.example.com/proxy/x:1")]
    [TestCase("r.example.com/proxy/x:1", null, Description = "is there already")]
    [TestCase("quay.io/x:1", null)]
    [TestCase("debian:$TARGETARCH", null)]
    public void The_longest_name_decides(string image, string? expected) => Assert.That(RegistryMirrors.Map(image, Mirrors), Is.EqualTo(expected));

    [Test]
    public void Images_of_a_Dockerfile_get_contexts_and_stages_and_the_projects_own_do_not()
    {
        using var project = new TestSettings("""
            # syntax=docker/dockerfile:1
            ARG TAG=1
            FROM a.example.com/x:$TAG AS build
            FROM build AS again
            FROM scratch
            COPY --from=build /a /a
            COPY --from=a.example.com/y /b /b
            COPY --from=lib /c /c
            RUN --mount=type=bind,from=a.example.com/z:2,target=/z ls
            """);
        project.Folder.Make("lib");
        project.Item("BuildKitBuildArg", "TAG", ("Value", "3")).Item("BuildKitNamedContext", "lib", ("Source", "lib"))
            .Item("BuildKitNamedContext", "a.example.com/z:2", ("Source", "docker-image://mine/z:2"))
            .Item("BuildKitRegistryMirror", "a.example.com", ("Mirror", "m.example.com/a"))
            .Item("BuildKitRegistryMirror", "docker.io", ("Mirror", "m.example.com/hub"));
        var request = project.ReadRight();
        Assert.That(request.NamedContexts.Where(context => context.IsMirror), Is.EqualTo(new NamedContext[]
        {
            new("a.example.com/x:3", "docker-image://m.example.com/a/x:3", true),
            new("a.example.com/y", "docker-image://m.example.com/a/y:latest", true),
        }));
        Assert.That(request.BuildArguments[^1], Is.EqualTo(new BuildArgument("BUILDKIT_SYNTAX", "m.example.com/hub/docker/dockerfile:1")));
    }

    [TestCase("https://a.example.com", "m.example.com")]
    [TestCase("a.example.com", "")]
    [TestCase("a.example.com", "m.example.com/Not Allowed")]
    public void What_is_no_name_is_refused_at_its_line(string name, string mirror)
    {
        using var project = new TestSettings();
        project.Item("BuildKitRegistryMirror", name, ("Mirror", mirror));
        Assert.That(project.Read(), Is.Null);
        Assert.That(project.Sink.Diagnostics.Select(found => (found.Code, found.Location?.Line)), Is.EqualTo(new[] { ("BK2011", (int?)2) }));
    }
}
