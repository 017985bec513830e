namespace BuildKit.Tasks.EngineTests;

/// <summary>
/// The guide's Dockerfile with uv. Debian stands in for python:3, and for uv, which cannot be had here, a script that
/// writes down how it was called: what is tested is the Dockerfile, its mounts and its stages, not uv.
/// </summary>
public sealed class GuideStory : Story
{
    private const string Dockerfile = """
        FROM python:3
        COPY --from=ghcr.io/astral-sh/uv:0.9.26 /uv /bin/
        ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
        WORKDIR /app
        RUN --mount=type=cache,target=/root/.cache/uv \
            --mount=type=bind,source=uv.lock,target=uv.lock \
            --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
            uv sync --frozen --no-install-project
        COPY . /app
        RUN --mount=type=cache,target=/root/.cache/uv \
            uv sync --frozen
        CMD ["cat", "/calls"]
        """;

    [Test]
    public async Task Its_Dockerfile_with_uv_is_right_and_keeps_the_dependencies_when_the_code_changes()
    {
        WriteDockerfile(Dockerfile, items: $"""
            <BuildKitNamedContext Include="python:3" Source="docker-image://{BaseImages.Debian}" />
            <BuildKitNamedContext Include="ghcr.io/astral-sh/uv:0.9.26" Source="../uv" />
            """);
        var project = Directory.CreateDirectory(Project.PathOf("backend")).FullName;
        foreach (var file in new[] { "image.proj", "Dockerfile" })
        {
            File.Move(Project.PathOf(file), Path.Combine(project, file));
        }

        Project.Write("uv/uv", "#!/bin/sh\necho \"$@ with $(ls | tr '\\n' ' ')\" >> /calls\ntouch /root/.cache/uv/filled\n");
        File.SetUnixFileMode(Project.PathOf("uv/uv"), (UnixFileMode)0b111_101_101);
        Project.Write("backend/uv.lock", "");
        Project.Write("backend/pyproject.toml", "");
        Project.Write("backend/main.py", "print(1)\n");
        Project.Write("backend/.dockerignore", "*.proj\nobj\nbin\nDockerfile\n");
        var check = await Machine.Engine.DockerAsync(
            "buildx", "build", "--check", "--build-context", $"python:3=docker-image://{BaseImages.Debian}",
            "--build-context", $"ghcr.io/astral-sh/uv:0.9.26={Project.PathOf("uv")}", project);
        Assert.That(check.Succeeded(), Does.Contain("no warnings found"));

        (await Project.DotnetAsync(["publish"], "backend")).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo(
            "sync --frozen --no-install-project with pyproject.toml uv.lock \nsync --frozen with main.py pyproject.toml uv.lock "));

        Project.Write("backend/main.py", "print(2)\n");
        var second = (await Project.DotnetAsync(["publish"], "backend")).Succeeded();
        Assert.That(second.Output, Does.Contain("3 of 5 steps from the cache"));
    }
}
