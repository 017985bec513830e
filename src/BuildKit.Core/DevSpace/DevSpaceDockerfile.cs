using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.EngineMessages;

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
        if ((!IsChanged(image) && ignore is null) || !File.Exists(image.Dockerfile))
        {
            return image.Dockerfile;
        }

        var file = Path.Combine(folder, image.Name + ".Dockerfile");
        Directory.CreateDirectory(folder);
        var (text, parts) = Change(image);
        Write(file, text);
        DockerfileOrigin.Write(file, parts);
        WriteIgnoreRules(file, ignore ?? OwnRules(image));
        return file;
    }

    /// <summary>Whether DevSpace would change the Dockerfile.</summary>
    public static bool IsChanged(DevSpaceImage image) =>
        image.Entrypoint is not null || image.Command is not null || image.AppendedInstructions.Count > 0;

    /// <summary>The text that DevSpace would build from, and where its lines come from.</summary>
    /// <exception cref="DiagnosticException">BK6118: the stage to change is not there.</exception>
    public static (string Text, IReadOnlyList<DockerfileOrigin.Part> Parts) Change(DevSpaceImage image)
    {
        var text = File.ReadAllText(image.Dockerfile);
        var added = new System.Text.StringBuilder();
        if (image.AppendedInstructions.Count > 0)
        {
            added.Append('\n').AppendJoin('\n', image.AppendedInstructions);
        }

        Append(added, "ENTRYPOINT", image.Entrypoint);
        Append(added, "CMD", image.Command);
        var at = EndOfStage(text, image);
        var (before, inserted) = (text[..at].Count(c => c == '\n') + 1, added.ToString().Count(c => c == '\n'));
        return (string.Concat(text.AsSpan(0, at), added.ToString(), text.AsSpan(at)),
        [
            new(1, before, image.Dockerfile, 1),
            new(before + 1, inserted, image.Location.File, image.Location.Line, IsOnePlace: true),
            new(before + 1 + inserted, int.MaxValue / 2, image.Dockerfile, before + 1),
        ]);
    }

    /// <summary>The file of ignore rules that DevSpace reads before any other; null when there is none.</summary>
    public static string? SpecialRules(DevSpaceImage image) =>
        Path.Combine(image.Context, "devspace.dockerignore") is var special && File.Exists(special) ? special : null;

    /// <summary>The text of the rules in such a file.</summary>
    public static string TextOf(string specialRules) => (File.ReadAllText(specialRules) + "\n.dockerignore").TrimEnd('\n') + "\n.devspace/\n";

    /// <summary>The rules of the image's own Dockerfile; null when there are none.</summary>
    public static string? OwnRules(DevSpaceImage image) =>
        image.Dockerfile + ".dockerignore" is var own && File.Exists(own) ? File.ReadAllText(own) : null;

    /// <summary>Writes ignore rules beside a Dockerfile of ours, or takes them away.</summary>
    public static void WriteIgnoreRules(string dockerfile, string? rules)
    {
        if (rules is not null)
        {
            Write(dockerfile + ".dockerignore", rules);
        }
        else
        {
            File.Delete(dockerfile + ".dockerignore");
        }
    }

    /// <summary>Writes a file; the same text keeps its time, so that nothing has to be read again.</summary>
    public static void Write(string file, string text)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            File.WriteAllText(file + ".new", text);
            File.Move(file + ".new", file, overwrite: true);
        }
    }

    // DevSpace never sends .devspace, and reads devspace.dockerignore before any other.
    private static string? IgnoreRules(DevSpaceImage image)
    {
        if (SpecialRules(image) is { } special)
        {
            return TextOf(special);
        }

        if (!Directory.Exists(Path.Combine(image.Context, ".devspace")))
        {
            return null;
        }

        var rules = DockerIgnore.Load(image.Context, image.Dockerfile);
        return (rules.File is null ? "" : File.ReadAllText(rules.File)).TrimEnd('\n') + "\n.devspace/\n";
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
            var list = words.Select(word => "\""
                + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");
            added.Append($"\n\n{instruction} [{string.Join(",", list)}]\n");
        }
    }
}
