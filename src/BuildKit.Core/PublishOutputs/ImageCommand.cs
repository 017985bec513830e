using System.Text;
using System.Text.Json;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.PublishOutputs;

/// <summary>A command that runs as root on the base image, before the application's files come: an item <c>BuildKitRun</c>.</summary>
/// <param name="Command">For the shell.</param>
/// <param name="CacheMounts">Folders that keep their content from build to build and are not part of the image.</param>
/// <param name="Secrets">Ids of secrets that it reads in <c>/run/secrets</c>.</param>
public sealed record ImageCommand(string Command, IReadOnlyList<string> CacheMounts, IReadOnlyList<string> Secrets)
{
    /// <summary>The RUN instruction. Its exec form, because there no character of the command means anything to Docker.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("RUN ");
        foreach (var folder in CacheMounts)
        {
            text.Append("--mount=type=cache,sharing=locked,target=").Append(folder).Append(' ');
        }

        foreach (var id in Secrets)
        {
            text.Append("--mount=type=secret,id=").Append(id).Append(' ');
        }

        return text.Append(JsonSerializer.Serialize(new[] { "/bin/sh", "-c", Command }, DockerfileWords.Plain)).ToString();
    }
}
