using System.Diagnostics;

namespace BuildKit.Testing;

/// <summary>Runs images in an engine.</summary>
/// <param name="engine">The engine.</param>
public sealed class EngineImages(EngineFixture engine)
{
    private static readonly HttpClient Client = new();

    /// <summary>Runs an image to its end; gives what it printed.</summary>
    public async Task<string> RunAsync(string image, params string[] arguments) =>
        (await engine.DockerAsync(["run", "--rm", "-q", "--pull=always", image, .. arguments])).Succeeded();

    /// <summary>Runs a command of the shell in an image of a registry; gives what it printed.</summary>
    public async Task<string> RunShellAsync(string image, string command) =>
        (await engine.DockerAsync("run", "--rm", "-q", "--pull=always", "--entrypoint", "sh", image, "-c", command)).Succeeded();

    /// <summary>Runs an image that is in the engine only.</summary>
    public async Task<string> RunLoadedAsync(string image, params string[] arguments) =>
        (await engine.DockerAsync(["run", "--rm", "--pull=never", image, .. arguments])).Succeeded();

    /// <summary>Runs a web application, and gives its answer to a GET.</summary>
    public async Task<string> GetAsync(string image, string path)
    {
        var container = (await engine.DockerAsync("run", "-d", "-q", "--pull=always", "-p", "127.0.0.1::8080", image)).Succeeded();
        try
        {
            var address = (await engine.DockerAsync("port", container, "8080")).Succeeded();
            for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100))
            {
                try
                {
                    return await Client.GetStringAsync(new Uri($"http://{address}{path}"));
                }
                catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(30))
                {
                    // It still starts.
                }
            }
        }
        finally
        {
            await engine.DockerAsync("rm", "-f", container);
        }
    }
}
