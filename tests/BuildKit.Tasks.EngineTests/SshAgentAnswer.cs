using System.Net.Sockets;

namespace BuildKit.Tasks.EngineTests;

/// <summary>An SSH agent without keys, as far as a question for them goes
/// (https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent).</summary>
internal sealed class SshAgentAnswer : IAsyncDisposable
{
    /// <summary>
    /// A command that asks the agent for its identities and prints how its answer begins: the type 12, and how many there
    /// are. The answer comes in pieces.
    /// </summary>
    public const string Ask = """
        perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ENV{SSH_AUTH_SOCK})) or die $!; syswrite S, "\0\0\0\1\x0b"; read S, $r, 9; print join ".", unpack("xxxxCN", $r)'
        """;

    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    private SshAgentAnswer(string path)
    {
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        serving = ServeAsync();
    }

    /// <summary>Answers at a socket until it is disposed.</summary>
    public static SshAgentAnswer Listen(string path) => new(path);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        socket.Dispose();
        stop.Dispose();
    }

    // Several may be connected at once.
    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(AnswerAsync(await socket.AcceptAsync(stop.Token)));
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
