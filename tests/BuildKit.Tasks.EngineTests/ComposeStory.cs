using System.Text.Json;

namespace BuildKit.Tasks.EngineTests;

/// <summary>Compose files as a source of images; bake, which reads them too, is the judge.</summary>
public sealed class ComposeStory : Story
{
    private string ComposeYaml => $$"""
        services:
          api:
            image: {{Image}}/api:${TAG:-none}
            build:
              context: .
              dockerfile: api/Dockerfile
              target: final
              args: {WHO: "world", FROM_DOTENV: "${FROM_DOTENV}"}
              tags: ["{{Image}}/api:second"]
              additional_contexts: {shared: ./shared}
          web:
            image: {{Image}}/web
            build: ./web
          tool:
            image: {{Image}}/tool
            profiles: [tools]
            build: ./web
        """;

    [Test]
    public async Task Services_become_the_images_that_bake_would_build()
    {
        WriteTeam();
        var bake = (await Command.RunAsync(Machine.Engine.ProgramOf("docker"),
            ["buildx", "bake", "--print", "--progress=quiet", "-f", "compose.yaml"], Project.Folder,
            Project.EnvironmentWith(new Dictionary<string, string?> { ["TAG"] = "first" }))).Succeeded();
        using var definition = JsonDocument.Parse(bake[bake.IndexOf('{', StringComparison.Ordinal)..]);
        var api = definition.RootElement.GetProperty("target").GetProperty("api");

        (await Project.DotnetAsync(["publish"], variables: new Dictionary<string, string?> { ["TAG"] = "first" })).Succeeded();
        foreach (var tag in api.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!))
        {
            Assert.That(await Images.FindAsync(Repository + "/api", tag.Split(':')[^1]), Is.Not.Null, tag);
        }

        Assert.That(api.GetProperty("args").GetProperty("FROM_DOTENV").GetString(), Is.EqualTo("dotenv"));
        Assert.That(await new EngineImages(Machine.Engine).RunAsync($"{Image}/api:first"), Is.EqualTo("world dotenv\nshared"));
        Assert.That(await Images.FindAsync(Repository + "/web"), Is.Not.Null);
        Assert.That(await Images.FindAsync(Repository + "/tool"), Is.Null, "its profile is not active");
        (await Project.DotnetAsync(["publish", "-p:BuildKitComposeService=tool"])).Succeeded();
        Assert.That(await Images.FindAsync(Repository + "/tool"), Is.Not.Null);
    }

    [Test]
    public async Task A_project_of_code_gets_the_context_that_the_file_has_for_its_Dockerfile()
    {
        Project.Write("compose.yaml",
            "services: {app: {build: {context: .., dockerfile: one/two/Dockerfile}}}".Replace("..", ".", StringComparison.Ordinal));
        Project.Write("one/two/app.csproj", Console("<BuildKitComposeFile>../../compose.yaml</BuildKitComposeFile>"));
        Project.Write("one/two/Program.cs", "System.Console.WriteLine();");
        // "COPY ." says nothing about the context; without the compose file it would be the Dockerfile's folder.
        Project.Write("one/two/Dockerfile", "FROM scratch\nCOPY . /x\n");
        Project.Write("root.txt", "root");
        (await Project.DotnetAsync(["publish", "-p:ContainerRepository=" + Repository], "one/two")).Succeeded();
        var log = (await Project.DotnetAsync(["publish", "-p:BuildKitForce=true"], "one/two")).Succeeded().Log;
        Assert.That(log.Messages, Has.Some.Contains($"context {Project.Folder} (the context of app in compose.yaml)"));
    }

    private void WriteTeam()
    {
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup><BuildKitComposeFile>compose.yaml</BuildKitComposeFile></PropertyGroup>
            </Project>
            """);
        Project.Write("compose.yaml", ComposeYaml);
        Project.Write(".env", "FROM_DOTENV=dotenv\n");
        Project.Write("shared/file", "shared\n");
        Project.Write("api/Dockerfile", $"""
            FROM {BaseImages.Debian} AS final
            ARG WHO
            ARG FROM_DOTENV
            RUN echo "$WHO $FROM_DOTENV" > /text
            COPY --from=shared file /file
            CMD ["cat", "/text", "/file"]
            FROM scratch AS other
            """);
        Project.Write("web/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
    }
}
