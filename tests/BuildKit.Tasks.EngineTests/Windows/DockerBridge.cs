using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace BuildKit.Tasks.EngineTests.Windows;

/// <summary>
/// Runs Docker of this machine for the docker.exe of the tests (tests/windows/docker.c), with paths of Windows as paths of this
/// machine, and hands calls of the engine's API on to its socket. What is seen of Docker on Windows is what the product asks of
/// it; how a real docker.exe reads it, for example modes of the files that it sends, is not.
/// </summary>
internal sealed partial class DockerBridge : IDisposable
{
    // What Windows has for itself, and what leads to an engine.
    private static readonly string[] Own =
        ["PATH", "HOME", "TEMP", "TMP", "DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_STANDIN_PORT", "DOCKER_STANDIN_LOG", "WINE"];

    private readonly TcpListener calls = new(IPAddress.Loopback, 0);
    private readonly TcpListener api = new(IPAddress.Loopback, 0);
    private readonly EngineFixture engine;
    private readonly string socket;

    public DockerBridge(EngineFixture engine)
    {
        this.engine = engine;
        socket = engine.Environment["DOCKER_HOST"]["unix://".Length..];
        calls.Start();
        api.Start();
        _ = AcceptAsync(calls, ServeCallAsync);
        _ = AcceptAsync(api, ServeApiAsync);
    }

    /// <summary>Port for DOCKER_STANDIN_PORT.</summary>
    public int CallPort => ((IPEndPoint)calls.LocalEndpoint).Port;

    /// <summary>Address of the engine's API for DOCKER_HOST.</summary>
    public string ApiAddress => $"tcp://127.0.0.1:{((IPEndPoint)api.LocalEndpoint).Port}";

    /// <summary>What docker.exe was asked: its arguments, as Windows spells them.</summary>
    public ConcurrentQueue<IReadOnlyList<string>> Asked { get; } = new();

    /// <summary>The calls that build something.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Builds =>
        [.. Asked.Where(call => call.Contains("build") || call.Contains("bake"))];

    public void Dispose()
    {
        calls.Stop();
        api.Stop();
    }

    private static async Task AcceptAsync(TcpListener listener, Func<NetworkStream, Task> serve)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(async () =>
                {
                    using (client)
                    {
                        try
                        {
                            await serve(client.GetStream());
                        }
                        catch (Exception failure) when (failure is IOException or SocketException or EndOfStreamException)
                        {
                            // Windows' side ended.
                        }
                    }
                });
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeApiAsync(NetworkStream client)
    {
        using var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await unix.ConnectAsync(new UnixDomainSocketEndPoint(socket));
        await using var server = new NetworkStream(unix);
        await Task.WhenAny(client.CopyToAsync(server), server.CopyToAsync(client));
    }

    private async Task ServeCallAsync(NetworkStream client)
    {
        var folder = await TextAsync(client);
        var arguments = await TextsAsync(client);
        var variables = await TextsAsync(client);
        Asked.Enqueue([.. arguments.Skip(1)]);
        var start = new ProcessStartInfo(engine.ProgramOf("docker"))
        {
            WorkingDirectory = WindowsPath.OnLinux(folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The plugin is called by itself.
        var words = arguments.Skip(1).ToList();
        if (arguments[0].Contains("docker-buildx", StringComparison.OrdinalIgnoreCase) && words.FirstOrDefault() != "buildx")
        {
            words.Insert(0, "buildx");
        }

        var temporary = new List<string>();
        words.ForEach(word => start.ArgumentList.Add(Translate(word, temporary)));
        start.Environment.Clear();
        foreach (var variable in variables.Select(variable => variable.Split('=', 2)).Where(variable => variable is [{ Length: > 0 }, _]))
        {
            if (!Own.Any(own => variable[0].StartsWith(own, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment[variable[0]] = variable[1];
            }
        }

        // A program of Windows finds a variable by any spelling of its name.
        foreach (var name in words.SelectMany(word => SecretVariable().Matches(word)).Select(match => match.Groups[1].Value))
        {
            start.Environment[name] = start.Environment.FirstOrDefault(one => one.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        }

        foreach (var (name, value) in engine.Environment.Where(variable => variable.Key is "PATH" or "HOME" or "DOCKER_HOST" or "DOCKER_CONFIG"))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var turn = new SemaphoreSlim(1);
        await Task.WhenAll(
            RelayAsync(process.StandardOutput.BaseStream, client, 'o', turn), RelayAsync(process.StandardError.BaseStream, client, 'e', turn));
        await process.WaitForExitAsync();
        var code = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(code, process.ExitCode);
        await SendAsync(client, 'x', code);
        temporary.ForEach(File.Delete);
    }

    private static async Task RelayAsync(Stream from, NetworkStream to, char kind, SemaphoreSlim turn)
    {
        var buffer = new byte[32768];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
        {
            await turn.WaitAsync();
            try
            {
                await SendAsync(to, kind, buffer.AsMemory(0, read));
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private static async Task SendAsync(NetworkStream to, char kind, ReadOnlyMemory<byte> bytes)
    {
        var head = new byte[5];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), bytes.Length);
        await to.WriteAsync(head);
        await to.WriteAsync(bytes);
    }

    // A definition of a bake has paths of Windows in it, too.
    private static string Translate(string word, List<string> temporary)
    {
        var translated = Rooted().Replace(word, match => WindowsPath.OnLinux(match.Value));
        if (!translated.EndsWith(".json", StringComparison.Ordinal) || !File.Exists(translated) || translated == word
            || !Path.GetFileName(translated).Contains("bake", StringComparison.Ordinal))
        {
            return translated;
        }

        var text = EscapedRooted().Replace(
            File.ReadAllText(translated),
            match => WindowsPath.OnLinux(match.Value.Replace(@"\\", @"\", StringComparison.Ordinal)));
        var copy = Path.Combine(Path.GetDirectoryName(translated)!, $"{Guid.NewGuid():N}.translated.json");
        File.WriteAllText(copy, text);
        temporary.Add(copy);
        return copy;
    }

    private static async Task<List<string>> TextsAsync(NetworkStream client)
    {
        var texts = new List<string>();
        for (var left = await NumberAsync(client); left > 0; left--)
        {
            texts.Add(await TextAsync(client));
        }

        return texts;
    }

    private static async Task<string> TextAsync(NetworkStream client)
    {
        var bytes = new byte[await NumberAsync(client)];
        await client.ReadExactlyAsync(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task<int> NumberAsync(NetworkStream client)
    {
        var bytes = new byte[4];
        await client.ReadExactlyAsync(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    [GeneratedRegex(@"(?<=,)env=(\w+)")]
    private static partial Regex SecretVariable();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]:[\\/](?!/)[^"",]*")]
    private static partial Regex Rooted();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]:(\\\\|/(?!/))[^"",]*")]
    private static partial Regex EscapedRooted();
}
