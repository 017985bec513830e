using System.Globalization;
using BuildKit.Core.Environments;
using BuildKit.Core.Processes;

namespace BuildKit.Core.Drivers;

/// <summary>
/// Where ssh would connect to, as the user's configuration says: <c>ssh -G</c> prints it and connects to nothing
/// (https://man.openbsd.org/ssh#G).
/// </summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
internal sealed record SshRoute(string Host, int Port)
{
    /// <summary>Asks ssh.</summary>
    /// <param name="address">An address such as <c>ssh://user@host:port</c>.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when there is no ssh, or the way is by another host or program: then only a connection can tell.</returns>
    public static async Task<SshRoute?> FindAsync(string address, BuildEnvironment environment, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Host.StartsWith('-'))
        {
            return null;
        }

        List<string> arguments = ["-G"];
        arguments.AddRange(uri.UserInfo.Length > 0 ? ["-l", Uri.UnescapeDataString(uri.UserInfo.Split(':')[0])] : []);
        arguments.AddRange(uri.Port > 0 ? ["-p", uri.Port.ToString(CultureInfo.InvariantCulture)] : []);
        var answer = await new ShellCommand(Path.GetTempPath(), environment).RunAsync("ssh", [.. arguments, "--", uri.IdnHost], cancellation)
            .ConfigureAwait(false);
        return answer.ExitCode == 0 ? Read(answer.Output) : null;
    }

    /// <summary>Reads what <c>ssh -G</c> prints: a name in small letters, and its value.</summary>
    internal static SshRoute? Read(string output)
    {
        var settings = output.Split('\n').Select(line => line.Trim().Split(' ', 2)).Where(words => words.Length == 2)
            .GroupBy(words => words[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        bool Passes(string by) => settings.GetValueOrDefault(by, "none") == "none";
        return Passes("proxycommand") && Passes("proxyjump") && settings.TryGetValue("hostname", out var host)
            && int.TryParse(settings.GetValueOrDefault("port", "22"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new SshRoute(host, port) : null;
    }
}
