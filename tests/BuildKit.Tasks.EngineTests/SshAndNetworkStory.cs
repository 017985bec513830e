using System.Net.Sockets;

namespace BuildKit.Tasks.EngineTests;

/// <summary>What RUN steps reach: an SSH agent, and the network.</summary>
public sealed class SshAndNetworkStory : Story
{
    // Asks the agent for its identities and prints how its answer begins: the type 12, and how many there are.
    private const string AskAgent = """
        perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ENV{SSH_AUTH_SOCK})) or die $!; syswrite S, "\0\0\0\1\x0b"; sysread S, $r, 9; print join ".", unpack("xxxxCN", $r)'
        """;

    [TestCase("", "agent.sock")]
    [TestCase("""Path="agent.sock" """, null)]
    public async Task An_ssh_agent_answers_in_a_step_that_mounts_it(string metadata, string? variable)
    {
        // An image of its own for each case: the engine may clear one away while it is pulled under the other's name.
        WriteDockerfile($"FROM {BaseImages.Debian}\nENV CASE={variable ?? "path"}\nRUN --mount=type=ssh {AskAgent} > /answer\nCMD [\"cat\", \"/answer\"]\n", items: $"<BuildKitSsh Include=\"default\" {metadata}/>");
        // An agent without keys, as far as a question for them goes (https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent).
        using var agent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        agent.Bind(new UnixDomainSocketEndPoint(Project.PathOf("agent.sock")));
        agent.Listen();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync(agent, stop.Token);
        (await Project.DotnetAsync(["build"], variables: new Dictionary<string, string?> { ["SSH_AUTH_SOCK"] = variable is null ? null : Project.PathOf(variable) })).Succeeded();
        await stop.CancelAsync();
        await serving;
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo("12.0"));
    }

    [TestCase("none", "lo")]
    [TestCase("default", "eth0 lo")]
    public async Task The_network_of_steps_is_the_one_that_was_asked_for(string network, string interfaces)
    {
        WriteDockerfile(
            $"FROM {BaseImages.Debian}\nRUN grep -o '[a-z0-9]*:' /proc/net/dev | tr -d : | sort | grep -E '^(lo|eth.*)$' | xargs echo > /interfaces\nCMD [\"cat\", \"/interfaces\"]\n",
            $"<BuildKitNetwork>{network}</BuildKitNetwork>");
        (await Project.DotnetAsync(["build"])).Succeeded();
        Assert.That(await new EngineImages(Machine.Engine).RunAsync(Image), Is.EqualTo(interfaces));
    }

    private static async Task ServeAsync(Socket agent, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await agent.AcceptAsync(stop);
                var question = new byte[5];
                while (await client.ReceiveAsync(question, stop) > 0)
                {
                    await client.SendAsync(new byte[] { 0, 0, 0, 5, 12, 0, 0, 0, 0 }, stop);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test has its answer.
        }
    }
}
