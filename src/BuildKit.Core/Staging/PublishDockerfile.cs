using System.Text;
using System.Text.Json;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Staging;

/// <summary>The Dockerfile that lays published files on their base image.</summary>
internal static class PublishDockerfile
{
    /// <summary>Makes it.</summary>
    /// <param name="stages">One for each platform.</param>
    /// <param name="fast">
    /// The fast form needs nothing of the base image's files, so a builder that has never seen the base does not fetch
    /// it: no WORKDIR (it makes a directory), no --chmod (it reads the layer below); the configuration goes to the
    /// exporter. The plain form makes the same image from instructions alone.
    /// </param>
    /// <param name="system">The system that stages the files; null for this one.</param>
    public static string Of(IReadOnlyList<PublishStage> stages, bool fast, HostSystem? system = null)
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

            var copies = CopyGroup.Of(stage.Output, system ?? HostSystems.Current).Select((group, index) =>
                (group.Linked, Text: group.Instruction(stage.Folder + StagedPart.NameOfCopies(index)) + "\n")).ToList();
            // What goes into the system's folders comes first: the commands may be about it.
            text.AppendJoin("", copies.Where(copy => !copy.Linked).Select(copy => copy.Text));
            if (stage.Output.Commands.Count > 0)
            {
                text.Append("USER 0\n").AppendJoin('\n', stage.Output.Commands).Append('\n');
            }

            foreach (var layer in stage.Layers)
            {
                // ADD, and not COPY, because it takes a folder and an archive alike: the image's history is the same whatever staged them.
                string[] words = [stage.Folder + StagedPart.NameOf(layer), stage.Config.WorkingDirectory.TrimEnd('/') + "/"];
                text.Append(ImageFolder.IsOwn(stage.Config.WorkingDirectory) ? "ADD --link " : "ADD ").Append(JsonSerializer.Serialize(words))
                    .Append('\n');
            }

            text.AppendJoin("", copies.Where(copy => copy.Linked).Select(copy => copy.Text));
            if (!fast)
            {
                ConfigInstructions.Append(text, stage.Config, stage.Output.Config);
            }
        }

        return stages.Count > 1 ? text.Append("FROM platform-$TARGETARCH$TARGETVARIANT\n").ToString() : text.ToString();
    }
}
