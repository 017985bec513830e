using System.Text;
using System.Text.Json;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.PublishOutputs;

namespace BuildKit.Core.Staging;

/// <summary>The configuration of an image as instructions of a Dockerfile.</summary>
internal static class ConfigInstructions
{
    /// <summary>Appends the instructions. Those of a base image's own values may be left out (<see cref="ImageConfig.WithoutInherited"/>).</summary>
    /// <exception cref="DiagnosticException">BK2019: a line break, which no instruction can hold.</exception>
    public static void Append(StringBuilder text, ImageConfig config, PublishedConfig project)
    {
        // What follows the line break would be read as the next instruction.
        if (config.Environment.Concat(config.Labels).FirstOrDefault(pair => pair.Value.AsSpan().ContainsAny('\n', '\r')) is { Key: { } several })
        {
            throw new DiagnosticException(PropertyDiagnostics.NotSupported.With(
                $"A line break in the value of {several}",
                "This engine takes the configuration as Dockerfile lines. Turn its containerd image store on, or set "
                    + "BuildKitDriver=docker-container."));
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
            text.Append("VOLUME ").Append(JsonSerializer.Serialize(project.Volumes, DockerfileWords.Plain)).Append('\n');
        }

        if (project.StopSignal.Length > 0)
        {
            text.Append("STOPSIGNAL ").Append(project.StopSignal).Append('\n');
        }

        if (project.HealthCheck.Length > 0)
        {
            // The form for the shell is the one that the exporter gets, too; a line it cannot hold needs the other.
            text.Append("HEALTHCHECK CMD ").Append(IsOneLine(project.HealthCheck)
                ? project.HealthCheck : JsonSerializer.Serialize(new[] { "/bin/sh", "-c", project.HealthCheck }, DockerfileWords.Plain)).Append('\n');
        }

        if (config.User.Length > 0)
        {
            text.Append("USER ").Append(config.User).Append('\n');
        }

        // ENTRYPOINT first: it resets the CMD of the base image.
        text.Append("ENTRYPOINT ").Append(JsonSerializer.Serialize(config.Entrypoint, DockerfileWords.Plain)).Append('\n');
        if (config.Cmd.Count > 0)
        {
            text.Append("CMD ").Append(JsonSerializer.Serialize(config.Cmd, DockerfileWords.Plain)).Append('\n');
        }
    }

    private static bool IsOneLine(string command) =>
        command.IndexOfAny(['\n', '\r', '\\']) < 0 && command.Trim() is var trimmed && trimmed.Length == command.Length && !trimmed.StartsWith('[')
            && !trimmed.StartsWith('#');

    private static string Quote(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal) + "\"";
}
