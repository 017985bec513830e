using System.Text;
using System.Text.Json;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.PublishOutputs;

/// <summary>The Dockerfile that lays published files on their base image.</summary>
public static class PublishDockerfile
{
    /// <summary>Makes it.</summary>
    /// <param name="stages">One for each platform.</param>
    /// <param name="fast">
    /// The fast form needs nothing of the base image's files, so a builder that has never seen the base does not fetch
    /// it: no WORKDIR (it makes a directory), no --chmod (it reads the layer below); the configuration goes to the
    /// exporter. The plain form makes the same image from instructions alone.
    /// </param>
    public static string Of(IReadOnlyList<PublishStage> stages, bool fast)
    {
        var text = new StringBuilder("# Made by BuildKit.Tasks from published files");
        text.Append(fast ? "; the image's configuration is set by the exporter.\n" : ".\n");
        foreach (var stage in stages)
        {
            text.Append("FROM ");
            if (stages.Count > 1)
            {
                text.Append("--platform=").Append(stage.Config.Platform).Append(' ').Append(stage.Base.Reference)
                    .Append(" AS ").Append(stage.Name).Append('\n');
            }
            else
            {
                text.Append(stage.Base.Reference).Append('\n');
            }

            if (stage.Output.Commands.Count > 0)
            {
                text.Append("USER 0\n").AppendJoin('\n', stage.Output.Commands).Append('\n');
            }

            foreach (var layer in stage.Layers)
            {
                string[] words = [$"{stage.Folder}{StagingFolder.NameOf(layer)}/", stage.Config.WorkingDirectory.TrimEnd('/') + "/"];
                text.Append("COPY --link ").Append(JsonSerializer.Serialize(words)).Append('\n');
            }

            if (!fast)
            {
                AddConfig(text, stage.Config, stage.Output.Config);
            }
        }

        return stages.Count > 1 ? text.Append("FROM platform-$TARGETARCH$TARGETVARIANT\n").ToString() : text.ToString();
    }

    private static void AddConfig(StringBuilder text, ImageConfig config, PublishedConfig project)
    {
        // What follows the line break would be read as the next instruction.
        if (config.Environment.Concat(config.Labels).FirstOrDefault(pair => pair.Value.AsSpan().ContainsAny('\n', '\r')) is { Key: { } several })
        {
            throw new DiagnosticException(PropertyDiagnostics.NotSupported.With(
                $"A line break in the value of {several}", "This engine takes the configuration as Dockerfile lines. Turn its containerd image store on, or set BuildKitDriver=docker-container."));
        }

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

        if (project.Volumes.Count > 0)
        {
            text.Append("VOLUME ").Append(JsonSerializer.Serialize(project.Volumes)).Append('\n');
        }

        if (project.StopSignal.Length > 0)
        {
            text.Append("STOPSIGNAL ").Append(project.StopSignal).Append('\n');
        }

        if (project.HealthCheck.Length > 0)
        {
            text.Append("HEALTHCHECK CMD ").Append(JsonSerializer.Serialize(new[] { "/bin/sh", "-c", project.HealthCheck })).Append('\n');
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
    }

    private static string Quote(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal) + "\"";
}
