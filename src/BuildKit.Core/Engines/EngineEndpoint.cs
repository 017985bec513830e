using System.Security.Cryptography;
using System.Text;
using BuildKit.Core.Environments;
using BuildKit.Core.Json;
using BuildKit.Core.Registries;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Engines;

/// <summary>How an engine is reached.</summary>
public enum EngineEndpointKind
{
    /// <summary>A Unix domain socket.</summary>
    Unix,

    /// <summary>A Windows named pipe.</summary>
    NamedPipe,

    /// <summary>TCP, with or without TLS.</summary>
    Tcp,

    /// <summary>A shell on another machine; only Docker's CLI goes that way.</summary>
    Ssh,

    /// <summary>Nothing that can be used: <see cref="EngineEndpoint.Problem"/> says why.</summary>
    Unusable,
}

/// <summary>
/// The engine that Docker's CLI would use: DOCKER_HOST, else the context named by DOCKER_CONTEXT, else the current
/// context of config.json, else the default socket.
/// https://docs.docker.com/engine/manage-resources/contexts/ and https://docs.docker.com/reference/cli/docker/#environment-variables
/// </summary>
/// <param name="Kind">How it is reached.</param>
/// <param name="Address">As it was written, for example <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="Context">Name of the context; empty when none was used.</param>
public sealed record EngineEndpoint(EngineEndpointKind Kind, string Address, string Context = "")
{
    /// <summary>Where an engine listens by default.</summary>
    public static string DefaultAddress => DefaultAddressOf(HostSystems.Current);

    /// <summary>Whether TCP goes over TLS.</summary>
    public bool UsesTls { get; init; }

    /// <summary>Whether the engine's certificate is verified.</summary>
    public bool VerifiesCertificate { get; init; } = true;

    /// <summary>Folder of <c>ca.pem</c>, <c>cert.pem</c>, <c>key.pem</c>; empty when there is none.</summary>
    public string CertificateFolder { get; init; } = "";

    /// <summary>Why it cannot be used; empty when it can.</summary>
    public string Problem { get; init; } = "";

    /// <summary>
    /// Where an engine of this user seems to be instead, as the end of a sentence, when this is the usual place by default
    /// and nothing is there: Docker Desktop, Colima and Rancher Desktop need not make the usual socket. Docker's own command
    /// line looks nowhere else, so neither do we; what has to be done is to select the engine.
    /// </summary>
    public string Elsewhere { get; init; } = "";

    /// <summary>Whether <see cref="EngineApi"/> can talk to it; false for ssh.</summary>
    public bool CanCall => Kind is EngineEndpointKind.Unix or EngineEndpointKind.NamedPipe or EngineEndpointKind.Tcp;

    /// <summary>A stable text for fingerprints: equal for the same way to the same engine, whatever context led there.</summary>
    public string Identity => $"{Address.TrimEnd('/')}{(UsesTls ? "+tls" : "")}";

    /// <summary>Finds the endpoint; reads files, but connects to nothing.</summary>
    public static EngineEndpoint Find(BuildEnvironment environment)
    {
        var folder = DockerConfigFile.FolderFor(environment);
        var host = environment.GetValueOrDefault("DOCKER_HOST", "").Trim();
        if (host.Length > 0)
        {
            return FromVariables(host, environment, folder);
        }

        var context = environment.GetValueOrDefault("DOCKER_CONTEXT", "") is { Length: > 0 } named
            ? named
            : DockerConfigFile.Load(environment).CurrentContext;
        return context is "" or "default"
            ? FromVariables(DefaultAddress, environment, folder) with { Elsewhere = ElsewhereOf(environment, HostSystems.Current, File.Exists) }
            : FromContext(folder, context);
    }

    internal static string DefaultAddressOf(HostSystem system) =>
        system == HostSystem.Windows ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";

    internal static string ElsewhereOf(BuildEnvironment environment, HostSystem system, Func<string, bool> exists) =>
        system == HostSystem.Windows || exists(DefaultAddressOf(system)["unix://".Length..]) ? ""
        : DockerFolders.Sockets(name => environment.GetValueOrDefault(name, ""), system)
            .FirstOrDefault(engine => exists(engine.Socket)) is { Socket: { } socket, Context: var context }
            ? $" (an engine of yours seems to be at {socket}: select it with \"docker context use {context}\")" : "";

    /// <inheritdoc/>
    public override string ToString() => $"{Address}{(Context.Length == 0 ? "" : $" (context {Context})")}".TrimStart();

    private static EngineEndpoint FromVariables(string host, BuildEnvironment environment, string folder)
    {
        var verify = environment.GetValueOrDefault("DOCKER_TLS_VERIFY", "").Length > 0;
        var tls = verify || environment.GetValueOrDefault("DOCKER_TLS", "").Length > 0;
        var endpoint = Parse(host);
        return !tls || endpoint.Kind != EngineEndpointKind.Tcp ? endpoint : endpoint with
        {
            UsesTls = true,
            VerifiesCertificate = verify,
            CertificateFolder = environment.GetValueOrDefault("DOCKER_CERT_PATH", "") is { Length: > 0 } certificates ? certificates : folder,
        };
    }

    private static EngineEndpoint FromContext(string folder, string context)
    {
        var id = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(context))).ToLowerInvariant();
        byte[] text;
        try
        {
            text = File.ReadAllBytes(Path.Combine(folder, "contexts", "meta", id, "meta.json"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable("", $"The Docker context \"{context}\" does not exist.") with { Context = context };
        }

        using var document = JsonElementExtensions.TryParse(text);
        var docker = (document?.RootElement ?? default).Member("Endpoints").Member("docker");
        var address = docker.Text("Host");
        var endpoint = Parse(address.Length == 0 ? DefaultAddress : address) with { Context = context };
        var certificates = Path.Combine(folder, "contexts", "tls", id, "docker");
        var skips = docker.Member("SkipTLSVerify").ValueKind == System.Text.Json.JsonValueKind.True;
        return endpoint.Kind != EngineEndpointKind.Tcp || (!Directory.Exists(certificates) && !skips) ? endpoint : endpoint with
        {
            UsesTls = true,
            VerifiesCertificate = !skips,
            CertificateFolder = Directory.Exists(certificates) ? certificates : "",
        };
    }

    private static EngineEndpoint Parse(string host)
    {
        // Docker reads an address without a scheme as TCP.
        var address = host.Contains("://", StringComparison.Ordinal) ? host : "tcp://" + host;
        return address[..address.IndexOf("://", StringComparison.Ordinal)].ToLowerInvariant() switch
        {
            "unix" => new EngineEndpoint(EngineEndpointKind.Unix, address),
            "npipe" => new EngineEndpoint(EngineEndpointKind.NamedPipe, address),
            "ssh" => new EngineEndpoint(EngineEndpointKind.Ssh, address),
            "tcp" or "http" or "https" => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0
                ? new EngineEndpoint(EngineEndpointKind.Tcp, address) { UsesTls = uri.Scheme == "https" }
                : Unusable(address, $"The engine's address \"{host}\" is not valid."),
            _ => Unusable(address, $"The engine's address \"{host}\" has a scheme that is not known."),
        };
    }

    private static EngineEndpoint Unusable(string address, string problem) =>
        new(EngineEndpointKind.Unusable, address) { Problem = problem };
}
