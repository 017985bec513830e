using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// The Dockerfile that DevSpace makes in memory for <c>entrypoint</c>, <c>cmd</c> and
/// <c>appendDockerfileInstructions</c> (pkg/devspace/build/builder/helper/util.go), and the ignore rules that only
/// DevSpace knows. Ours is a file, because buildx reads files.
/// </summary>
internal static class DevSpaceDockerfile
{
    /// <summary>The Dockerfile to build from: the image's own unless DevSpace would change something.</summary>
    /// <param name="image">The image.</param>
    /// <param name="folder">Full path of the folder for files of ours.</param>
    /// <returns>Full path.</returns>
    /// <exception cref="DiagnosticException">BK6118: the stage to change is not there.</exception>
    public static string Of(DevSpaceImage image, string folder)
    {
        var ignore = IgnoreRules(image);
        var changes = image.Entrypoint is not null || image.Command is not null || image.AppendedInstructions.Count > 0;
        if ((!changes && ignore is null) || !File.Exists(image.Dockerfile))
        {
            return image.Dockerfile;
        }

        var text = File.ReadAllText(image.Dockerfile);
        var file = Path.Combine(folder, image.Name + ".Dockerfile");
        Directory.CreateDirectory(folder);
        Write(file, changes ? Change(text, image) : text);
        var own = image.Dockerfile + ".dockerignore";
        ignore ??= File.Exists(own) ? File.ReadAllText(own) : null;
        if (ignore is not null)
        {
            Write(file + ".dockerignore", ignore);
        }
        else
        {
            File.Delete(file + ".dockerignore");
        }

        return file;
    }

    // DevSpace never sends .devspace, and reads devspace.dockerignore before any other.
    private static string? IgnoreRules(DevSpaceImage image)
    {
        var special = Path.Combine(image.Context, "devspace.dockerignore");
        var isSpecial = File.Exists(special);
        if (!isSpecial && !Directory.Exists(Path.Combine(image.Context, ".devspace")))
        {
            return null;
        }

        var rules = DockerIgnore.Load(image.Context, image.Dockerfile);
        var text = isSpecial ? File.ReadAllText(special) + "\n.dockerignore" : rules.File is null ? "" : File.ReadAllText(rules.File);
        return text.TrimEnd('\n') + "\n.devspace/\n";
    }

    private static string Change(string text, DevSpaceImage image)
    {
        var added = new System.Text.StringBuilder();
        if (image.AppendedInstructions.Count > 0)
        {
            added.Append('\n').AppendJoin('\n', image.AppendedInstructions);
        }

        Append(added, "ENTRYPOINT", image.Entrypoint);
        Append(added, "CMD", image.Command);
        var at = EndOfStage(text, image);
        return string.Concat(text.AsSpan(0, at), added.ToString(), text.AsSpan(at));
    }

    private static int EndOfStage(string text, DevSpaceImage image)
    {
        if (image.Target.Length == 0)
        {
            return text.Length;
        }

        var dockerfile = Dockerfile.Load(image.Dockerfile);
        var stages = dockerfile.Stages.ToList();
        var index = stages.FindIndex(stage => image.Target.Equals(stage.Name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            throw new DiagnosticException(DevSpaceDiagnostics.InvalidImage.At(
                image.Location, image.Name, $"has the target \"{image.Target}\", which is no stage of {image.Dockerfile}"));
        }

        if (index + 1 == stages.Count)
        {
            return text.Length;
        }

        var line = stages[index + 1].Line;
        var offset = 0;
        for (var i = 1; i < line; i++)
        {
            offset = text.IndexOf('\n', offset) + 1;
        }

        return Math.Max(offset - 1, 0);
    }

    private static void Append(System.Text.StringBuilder added, string instruction, IReadOnlyList<string>? words)
    {
        if (words is not null)
        {
            var list = words.Select(word => "\"" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");
            added.Append($"\n\n{instruction} [{string.Join(",", list)}]\n");
        }
    }

    // The same text keeps its time, so that nothing has to be read again.
    private static void Write(string file, string text)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            File.WriteAllText(file + ".new", text);
            File.Move(file + ".new", file, overwrite: true);
        }
    }
}
