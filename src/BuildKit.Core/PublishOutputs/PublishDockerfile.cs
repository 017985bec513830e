using System.Text;
using System.Text.Json;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.PublishOutputs;

/// <summary>The Dockerfile that lays published files on their base image.</summary>
public static class PublishDockerfile
{
    /// <summary>
    /// The fast form: nothing in it needs the base image's files, so a builder that has never seen the base does not
    /// fetch it. No WORKDIR (it makes a directory), no --chmod (it reads the layer below); the configuration goes to
    /// the exporter.
    /// </summary>
    public static string Fast(string baseImage, string workingDirectory, IEnumerable<PublishLayer> layers)
    {
        var text = new StringBuilder();
        text.Append("# Made by BuildKit.Tasks from published files; the image's configuration is set by the exporter.\n");
        text.Append("FROM ").Append(baseImage).Append('\n');
        foreach (var layer in layers)
        {
            text.Append("COPY --link ")
                .Append(JsonSerializer.Serialize(new[] { StagingFolder.NameOf(layer) + "/", workingDirectory })).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The plain form: the same image from instructions alone, for builders whose exporter takes no configuration.</summary>
    /// <exception cref="DiagnosticException">BK2019: a value of several lines, which no instruction can hold.</exception>
    public static string Plain(string baseImage, ImageConfig config, IEnumerable<PublishLayer> layers)
    {
        // What follows the line break would be read as the next instruction.
        if (config.Environment.Concat(config.Labels).FirstOrDefault(pair => pair.Value.AsSpan().ContainsAny('\n', '\r')) is { Key: { } several })
        {
            throw new DiagnosticException(PropertyDiagnostics.NotSupported.With(
                $"A line break in the value of {several}", "This engine takes the configuration as Dockerfile lines. Turn its containerd image store on, or set BuildKitDriver=docker-container."));
        }

        var text = new StringBuilder(Fast(baseImage, config.WorkingDirectory, layers));
        text.Append("WORKDIR ").Append(config.WorkingDirectory).Append('\n');
        foreach (var (name, value) in config.Environment)
        {
            text.Append("ENV ").Append(name).Append('=').Append(Quote(value)).Append('\n');
        }

        foreach (var (name, value) in config.Labels)
        {
            text.Append("LABEL ").Append(Quote(name)).Append('=').Append(Quote(value)).Append('\n');
        }

        foreach (var port in config.Ports)
        {
            text.Append("EXPOSE ").Append(port).Append('\n');
        }

        if (config.User.Length > 0)
        {
            text.Append("USER ").Append(config.User).Append('\n');
        }

        // ENTRYPOINT first: it resets the CMD of the base image.
        text.Append("ENTRYPOINT ").Append(JsonSerializer.Serialize(config.Entrypoint)).Append('\n');
        if (config.Cmd.Count > 0)
        {
            text.Append("CMD ").Append(JsonSerializer.Serialize(config.Cmd)).Append('\n');
        }

        return text.ToString();
    }

    private static string Quote(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal) + "\"";
}
