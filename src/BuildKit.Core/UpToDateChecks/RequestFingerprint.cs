using System.Security.Cryptography;
using System.Text;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Engines;
using BuildKit.Core.Environments;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;

namespace BuildKit.Core.UpToDateChecks;

/// <summary>
/// One hash over every input of a build: if it is equal, so is the result. Secrets count by name, not by value, as in
/// BuildKit's own cache keys; cache references and the wish to pull do not change a result and do not count.
/// </summary>
/// <param name="environment">The environment of the build.</param>
/// <param name="settings">What else decides: builder, driver and their options, as the project writes them.</param>
/// <param name="registries">The registries.</param>
internal sealed class RequestFingerprint(BuildEnvironment environment, IReadOnlyList<string> settings, RegistryClients registries)
{
    private static readonly string OwnVersion =
        typeof(RequestFingerprint).Assembly.ManifestModule.ModuleVersionId.ToString();

    // Read by buildx or BuildKit itself, so they are inputs although nobody names them.
    private static readonly string[] ReadByBuildx = ["SOURCE_DATE_EPOCH", "BUILDKIT_SYNTAX", "DOCKER_DEFAULT_PLATFORM"];

    private readonly Dictionary<string, StringBuilder> kinds = [];

    /// <summary>A short hash for each kind of input of the request that was hashed last, such as <c>dockerfile</c> or <c>tag</c>.</summary>
    public IReadOnlyDictionary<string, string> Kinds =>
        kinds.ToDictionary(kind => kind.Key, kind => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(kind.Value.ToString())), 0, 4));

    /// <summary>Files of the request that changed in a way that BuildKit does not see, and how often; known after the hash.</summary>
    public IReadOnlyDictionary<string, int> HiddenChanges { get; private set; } = new Dictionary<string, int>();

    /// <summary>Computes the hash.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the look at registries.</param>
    /// <returns>The hash, or empty when an input cannot be known, as with a context on another machine.</returns>
    public async Task<string> OfAsync(BuildRequest request, CancellationToken cancellation)
    {
        if (NamedContext.HasScheme(request.Context) || request.NamedContexts.Any(MayChangeUnseen) || request.NoCache)
        {
            return "";
        }

        var lines = new StringBuilder();
        kinds.Clear();
        void Line(string name, object? value)
        {
            lines.Append(name).Append('\0').Append(value).Append('\n');
            // "context assets" is a context.
            var kind = name.Split(' ')[0];
            (kinds.TryGetValue(kind, out var text) ? text : kinds[kind] = new StringBuilder()).Append(name).Append('\0').Append(value).Append('\n');
        }

        Line("version", OwnVersion);
        Line("engine", EngineEndpoint.Find(environment).Identity);
        settings.ToList().ForEach(setting => Line("setting", setting));
        Line("target", request.TargetStage);
        Line("network", request.Network);
        Line("format", request.ImageFormat);
        Line("attestations", request.Attestations);
        request.Platforms.ToList().ForEach(platform => Line("platform", platform));
        request.Tags.ToList().ForEach(tag => Line("tag", tag));
        request.Labels.ToList().ForEach(label => Line("label", $"{label.Key}={label.Value}"));
        request.Secrets.ToList().ForEach(secret => Line("secret", secret));
        request.SshAgents.ToList().ForEach(agent => Line("ssh", agent));
        request.ExtraHosts.ToList().ForEach(host => Line("host", host));
        request.Options.ToList().ForEach(option => Line("option", option));
        request.Outputs.ToList().ForEach(output => Line("output", output));
        foreach (var argument in request.BuildArguments)
        {
            Line("argument", $"{argument.Name}={argument.Value ?? environment.GetValueOrDefault(argument.Name, "\0unset")}");
        }

        foreach (var (name, value) in environment.Variables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (ReadByBuildx.Contains(name) || name.StartsWith("BUILDX_", StringComparison.Ordinal))
            {
                Line("environment", $"{name}={value}");
            }
        }

        HiddenChanges = AddFiles(request, Line);
        await AddImagesAsync(request, Line, cancellation).ConfigureAwait(false);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    // A repository, an archive on a server, a folder of images: only an image can be asked for its digest.
    private static bool MayChangeUnseen(NamedContext context) =>
        !context.IsFolder && !context.Source.StartsWith(NamedContext.ImageScheme, StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, int> AddFiles(BuildRequest request, Action<string, object?> line)
    {
        var tableFile = request.FileOf(".files");
        var table = FileTable.Read(tableFile);
        string[] ours = [request.IntermediateFolder];
        foreach (var output in request.PublishOutput?.All ?? [])
        {
            line("published", ContextFingerprint.OfDirectory(output.Folder, DockerIgnore.None, table, ours));
            line("runtime", output.RuntimeIdentifier);
            line("base", output.BaseImage);
            AddConfig(output, line);
            foreach (var file in output.Copies)
            {
                line("copy", $"{file.Folder}{file.Name} {file.Mode} {file.Owner} {ContextFingerprint.OfFile(file.Source, table)}");
            }
        }

        if (request.PublishOutput is { Fragment.Length: > 0 })
        {
            line("fragment", ContextFingerprint.OfFile(request.PublishOutput.Fragment, table));
        }

        if (request.PublishOutput is null)
        {
            var ignore = DockerIgnore.Load(request.Context, request.Dockerfile);
            line("dockerfile", ContextFingerprint.OfFile(request.Dockerfile, table));
            line("ignore", ignore.File is null ? "" : ContextFingerprint.OfFile(ignore.File, table));
            line("context", ContextFingerprint.OfDirectory(request.Context, ignore, table, ours));
        }

        foreach (var context in request.NamedContexts)
        {
            foreach (var folder in context.Platforms.Count > 0 ? context.Platforms.Select(one => one.Folder) : [context.Source])
            {
                line("context " + context.Name, context.IsFolder
                    ? ContextFingerprint.OfDirectory(folder, context.Platforms.Count > 1 ? DockerIgnore.None : IgnoreOf(folder), table, ours)
                    : folder);
            }
        }

        table.Write(tableFile);
        return table.HiddenChanges;
    }

    // BuildKit reads no Dockerfile's own ignore file for a named context, only the folder's.
    private static DockerIgnore IgnoreOf(string folder)
    {
        var file = Path.Combine(folder, ".dockerignore");
        return File.Exists(file) ? DockerIgnore.Load(file) : DockerIgnore.None;
    }

    private static void AddConfig(PublishOutputs.PublishOutput output, Action<string, object?> line)
    {
        var config = output.Config;
        line("directory", config.WorkingDirectory);
        line("user", config.User);
        line("base digest", config.LabelsBaseDigest);
        config.Labels.ToList().ForEach(label => line("label", $"{label.Key}={label.Value}"));
        config.Ports.ToList().ForEach(port => line("port", port));
        config.Environment.ToList().ForEach(variable => line("variable", $"{variable.Key}={variable.Value}"));
        line("health", config.HealthCheck);
        line("signal", config.StopSignal);
        config.Volumes.ToList().ForEach(volume => line("volume", volume));
        output.Commands.ToList().ForEach(command => line("run", command));
        line("instruction", config.Command.Instruction);
        config.Command.AppCommand.ToList().ForEach(word => line("command", word));
        config.Command.AppCommandArgs.ToList().ForEach(word => line("command argument", word));
        config.Command.DefaultArgs.ToList().ForEach(word => line("default argument", word));
        config.Command.Entrypoint.ToList().ForEach(word => line("entrypoint", word));
        config.Command.EntrypointArgs.ToList().ForEach(word => line("entrypoint argument", word));
        foreach (var (path, layer) in output.Layers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            line("layer", $"{layer} {path}");
        }
    }

    // An image behind a named context may move; with "pull", so may the base of published files.
    private async Task AddImagesAsync(BuildRequest request, Action<string, object?> line, CancellationToken cancellation)
    {
        var images = request.NamedContexts
            .Where(context => context.Source.StartsWith(NamedContext.ImageScheme, StringComparison.Ordinal) && !context.IsMirror)
            .Select(context => context.Source[NamedContext.ImageScheme.Length..])
            .ToList();
        if (request.Pull && request.PublishOutput is { } output)
        {
            images.AddRange(output.All.Select(one => one.BaseImage).Distinct());
        }

        if (request.Pull && request.Dockerfile.Length > 0)
        {
            // A context of that name takes the image's place; the one of a mirror is the image.
            images.AddRange(ExternalImages.Of(Dockerfile.Load(request.Dockerfile), request.ArgumentValues)
                .Where(name => !request.NamedContexts.Any(context => context.Name == name && !context.IsMirror)));
        }

        if (images.Count == 0)
        {
            return;
        }

        var registry = registries.For(RegistryAccess.Pull);
        foreach (var image in images.Select(image => ImageReference.TryParse(NamedContext.ImageFor(request.NamedContexts, image)))
            .OfType<ImageReference>().Where(image => image.Digest.Length == 0))
        {
            try
            {
                var head = await registry.HeadManifestAsync(image, cancellation).ConfigureAwait(false);
                line("image " + image, head?.Digest);
            }
            catch (RegistryException failure)
            {
                line("image " + image, failure.Kind);
            }
        }
    }
}
