using System.Net.Sockets;

namespace BuildKit.Tasks.EngineTests;

/// <summary>An SSH agent that RUN steps reach.</summary>
public sealed class SshAgentStory : Story
{
    // Asks the agent for its identities and prints how its answer begins: the type 12, and how many there are. The answer
    // comes in pieces.
    private const string AskAgent = """
        perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ENV{SSH_AUTH_SOCK})) or die $!; syswrite S, "\0\0\0\1\x0b"; read S, $r, 9; print join ".", unpack("xxxxCN", $r)'
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

    // Several may be connected at once.
    private static async Task ServeAsync(Socket agent, CancellationToken stop)
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(AnswerAsync(await agent.AcceptAsync(stop)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients).WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        }
    }

    private static async Task AnswerAsync(Socket client)
    {
        using (client)
        {
            var question = new byte[5];
            while (await client.ReceiveAsync(question) > 0)
            {
                await client.SendAsync(new byte[] { 0, 0, 0, 5, 12, 0, 0, 0, 0 });
            }
        }
    }
}
