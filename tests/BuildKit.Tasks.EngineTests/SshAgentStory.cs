namespace BuildKit.Tasks.EngineTests;

/// <summary>An SSH agent that RUN steps reach.</summary>
public sealed class SshAgentStory : Story
{
    [TestCase("", "agent.sock")]
    [TestCase("""Path="agent.sock" """, null)]
    public async Task An_ssh_agent_answers_in_a_step_that_mounts_it(string metadata, string? variable)
    {
        // An image of its own for each case: the engine may clear one away while it is pulled under the other's name.
        WriteDockerfile(
            $"FROM {BaseImages.Debian}\nENV CASE={variable ?? "path"}\nRUN --mount=type=ssh {SshAgentAnswer.Ask} > /answer\nCMD [\"cat\", "
                + $"\"/answer\"]\n", items: $"<BuildKitSsh Include=\"default\" {metadata}/>");
        await using var agent = SshAgentAnswer.Listen(Project.PathOf("agent.sock"));
        (await Project.DotnetAsync(["publish"],
            variables: new Dictionary<string, string?> { ["SSH_AUTH_SOCK"] = variable is null ? null : Project.PathOf(variable) })).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("12.0"));
    }
}
