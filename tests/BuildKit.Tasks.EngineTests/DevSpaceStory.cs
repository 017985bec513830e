using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests;

/// <summary>A team with a devspace.yaml: read by us, moved to MSBuild, or calling us.</summary>
public sealed class DevSpaceStory : Story
{
    private const string DevSpaceYaml = """
        version: v2beta1
        name: team
        images:
          api:
            image: ${REGISTRY}/${NAME}/api
            context: api
            dockerfile: api/Dockerfile
            target: dev
            tags: [one, two]
            buildArgs: {GREETING: "hello; 100% $5"}
            entrypoint: [cat]
            buildKit: {}
          web:
            image: ${REGISTRY}/${NAME}/web
            context: web
            dockerfile: web/Dockerfile
            tags: [one]
        profiles:
          - name: production
            patches: [{op: replace, path: images.api.target, value: production}]
        """;

    [Test]
    public async Task Images_of_devspace_yaml_are_built_with_its_profile_and_not_again()
    {
        WriteTeam();
        (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync($"{Image}/api:one", "/stage", "/greeting"), Is.EqualTo("dev\nhello; 100% $5"));
        Assert.That((await Images.ManifestAsync(Repository + "/api", "two")).Digest,
            Is.EqualTo((await Images.ManifestAsync(Repository + "/api", "one")).Digest));
        Assert.That(await Images.FindAsync(Repository + "/web", "one"), Is.Not.Null);

        var second = (await Project.DotnetAsync(["publish"])).Succeeded();
        Assert.That(second.Log.Tasks, Has.No.Member("DockerBuildxBuild").And.No.Member("RunBake"));
        var production = (await Project.DotnetAsync(["publish", "-p:BuildKitDevSpaceProfile=production"])).Succeeded();
        Assert.That(production.Log.Tasks.Count(task => task == "DockerBuildxBuild"), Is.EqualTo(1), "only one of the two changed");
        Assert.That(await new EngineImages(Machine.Engine).RunAsync($"{Image}/api:one", "/stage"), Is.EqualTo("production"));
    }

    [Test]
    public async Task The_imported_items_make_the_same_images()
    {
        WriteTeam();
        (await Project.DotnetAsync(["build", "-t:BuildKitImportDevSpace"])).Succeeded();
        (await Project.DotnetAsync(["publish"])).Succeeded();
        var digest = (await Images.ManifestAsync(Repository + "/api", "one")).Digest;
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <Import Project="devspace.images.targets" />
            </Project>
            """);
        var moved = (await Project.DotnetAsync(["publish", "-p:BuildKitForce=true"])).Succeeded();
        Assert.That(moved.Output, Does.Contain("images -> 2 images"));
        Assert.That(moved.Log.Tasks, Has.No.Member("ReadDevSpaceFile"));
        Assert.That((await Images.ManifestAsync(Repository + "/api", "one")).Digest, Is.EqualTo(digest));
    }

    [Test]
    public async Task What_is_wrong_in_the_file_is_an_error_at_its_line()
    {
        WriteTeam();
        Project.Write("devspace.yaml", DevSpaceYaml.Replace("target: dev", "targt: dev", StringComparison.Ordinal));
        var error = (await Project.DotnetAsync(["publish"])).FailedWith("BK6103");
        Assert.That((error.File, error.Line), Is.EqualTo((Project.PathOf("devspace.yaml"), 8)));
    }

    [Test]
    public async Task DevSpace_calls_us_with_its_tag()
    {
        WriteDockerfile("FROM scratch\nCOPY greeting.txt /\n");
        Project.Write("greeting.txt", "hello");
        (await Project.DotnetAsync(["build", "-t:BuildKitExportDevSpace"])).Succeeded();
        var exported = await File.ReadAllTextAsync(Project.PathOf("devspace.images.yaml"));
        Assert.That(exported, Does.Contain($"image: '{Image}'").And.Contain("- 'Dockerfile'").And.Contain("- 'image.proj'"));

        // What DevSpace does with it: fill in the tag, run the line in a POSIX shell in the project's folder.
        var command = Regex.Match(exported, @"command: \|-\n\s+(.*)\n").Groups[1].Value;
        var filled = Regex.Replace(command, @"\$\{runtime\.images\.image\.tag\}", "from-devspace");
        Assert.That(filled, Is.Not.EqualTo(command));
        var run = await Command.RunAsync("sh", ["-c", filled], Project.Folder, Project.EnvironmentWith(null));
        run.Succeeded();
        Assert.That(run.Output, Does.Contain((await Images.ManifestAsync(Repository, "from-devspace")).Digest[..19]));
        Assert.That(await Images.FindAsync(Repository), Is.Null, "no other tag than DevSpace's");

        Project.Write("Dockerfile", "FROM scratch\nCOPY nothing /\n");
        var failed = await Command.RunAsync("sh", ["-c", filled], Project.Folder, Project.EnvironmentWith(null));
        Assert.That(failed.ExitCode, Is.Not.Zero);
        Assert.That(failed.Output, Does.Contain("BK3102"));
    }

    private void WriteTeam()
    {
        Project.Write("images.proj", $"""
            <Project Sdk="BuildKit.Tasks/{Machine.Feed.Version}">
              <PropertyGroup><BuildKitDevSpaceFile>devspace.yaml</BuildKitDevSpaceFile></PropertyGroup>
              <ItemGroup>
                <BuildKitDevSpaceVar Include="REGISTRY" Value="{Machine.Registry.Address}" />
                <BuildKitDevSpaceVar Include="NAME" Value="{Repository}" />
              </ItemGroup>
            </Project>
            """);
        Project.Write("devspace.yaml", DevSpaceYaml);
        Project.Write("api/Dockerfile", $"""
            FROM {BaseImages.Debian} AS base
            ARG GREETING
            RUN echo "$GREETING" > /greeting
            FROM base AS dev
            RUN echo dev > /stage
            FROM base AS production
            RUN echo production > /stage
            ENTRYPOINT ["cat"]
            """);
        Project.Write("web/Dockerfile", "FROM scratch\nCOPY index.html /\n");
        Project.Write("web/index.html", "<p>hello</p>");
    }
}
