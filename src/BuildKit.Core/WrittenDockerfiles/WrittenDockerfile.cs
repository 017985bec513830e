using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Images;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.Systems;

namespace BuildKit.Core.WrittenDockerfiles;

/// <summary>
/// A Dockerfile that makes the image of published files without us: it stands by itself, says the configuration in
/// instructions, and can be read and kept by a team that leaves.
/// </summary>
public static class WrittenDockerfile
{
    private const string Mark = "# Written by BuildKit.Tasks (BuildKitWriteDockerfile), and written again only while this is its checksum: ";

    /// <summary>Writes the file, unless one is there that is not ours.</summary>
    /// <param name="request">The image.</param>
    /// <param name="stages">
    /// Its platforms
    /// (<see cref="PublishSource.DescribeAsync(BuildRequest, Environments.BuildEnvironment, Registries.RegistryClients, CancellationToken)"/>).
    /// </param>
    /// <param name="file">Full path of the file.</param>
    /// <exception cref="DiagnosticException">BK2019, BK2033, BK5006.</exception>
    public static void Write(BuildRequest request, IReadOnlyList<PublishStage> stages, string file)
    {
        if (File.Exists(file) && !IsOurs(File.ReadAllText(file)))
        {
            throw new DiagnosticException(PropertyDiagnostics.FileNotOurs.At(new SourceLocation(file), file));
        }

        var text = Of(request, stages, file);
        var partial = file + ".partial";
        try
        {
            // Where a folder is, the move would fail and leave the other file.
            if (Directory.Exists(file) || Path.EndsInDirectorySeparator(file))
            {
                throw new IOException("it is a folder");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(partial, text);
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(ResultDiagnostics.OutputNotWritable.At(new SourceLocation(request.ProjectFile), file,
                failure.Message.TrimEnd('.')));
        }
    }

    /// <summary>Whether a text is one that was written here, and is as it was.</summary>
    public static bool IsOurs(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', 2) is [var first, var body] && first == Mark + ChecksumOf(body);

    /// <summary>The text of the file.</summary>
    public static string Of(BuildRequest request, IReadOnlyList<PublishStage> stages, string file)
    {
        var root = WrittenCommand.ContextOf(request);
        var text = new StringBuilder(WrittenCommand.Comment(request, stages, file, root));
        foreach (var stage in stages)
        {
            var several = stages.Count > 1;
            text.Append("\nFROM ").Append(several ? $"--platform={stage.Config.Platform} " : "").Append(BaseOf(stage))
                .Append(several ? " AS " + stage.Name : "").Append('\n');
            AddFiles(text, stage, several ? "publish-" + stage.Output.RuntimeIdentifier : "publish", root);
            ConfigInstructions.Append(text, stage.Config.WithoutInherited(), stage.Output.Config);
        }

        if (stages.Count > 1)
        {
            text.Append("\nFROM platform-$TARGETARCH$TARGETVARIANT\n");
        }

        if (request.PublishOutput!.Fragment is { Length: > 0 } fragment)
        {
            text.Append('\n').Append(File.ReadAllText(fragment).Replace("\r\n", "\n", StringComparison.Ordinal));
        }

        var body = text.ToString();
        return Mark + ChecksumOf(body) + "\n" + body;
    }

    /// <summary>The base image by its own name, also when a mirror stands in for it, and by digest when a registry gave one.</summary>
    internal static string BaseOf(PublishStage stage) =>
        ImageReference.TryParse(stage.Output.BaseImage) is { } name && ImageReference.TryParse(stage.Base.Reference) is { Digest.Length: > 0 } read
            ? (name with { Digest = read.Digest }).ToString()
            : stage.Output.BaseImage;

    private static void AddFiles(StringBuilder text, PublishStage stage, string context, string root)
    {
        var groups = CopyGroup.Of(stage.Output, HostSystem.Linux);
        AddCopies(text, groups.Where(group => !group.Linked), root);
        if (stage.Output.Commands.Count > 0)
        {
            text.Append("USER 0\n").AppendJoin('\n', stage.Output.Commands).Append('\n');
        }

        // Readable by the application's user, whatever the umask of the publish was.
        var folder = stage.Config.WorkingDirectory.TrimEnd('/') + "/";
        text.Append("COPY --from=").Append(context).Append(" --chmod=u=rwX,go=rX ").Append(DockerfileWords.List([".", folder])).Append('\n');
        foreach (var script in OnlyScripts(stage.Output.Folder))
        {
            text.Append("COPY --from=").Append(context).Append(" --chmod=755 ")
                .Append(DockerfileWords.List([DockerfileWords.Source(script), folder + script])).Append('\n');
        }

        AddCopies(text, groups.Where(group => group.Linked), root);
    }

    // Files that are not executable on disk and must be so in the image.
    private static IEnumerable<string> OnlyScripts(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if ((FileModes.Of(file) & ~File.GetUnixFileMode(file)).HasFlag(UnixFileMode.UserExecute))
            {
                yield return Path.GetRelativePath(folder, file);
            }
        }
    }

    private static void AddCopies(StringBuilder text, IEnumerable<CopyGroup> groups, string root)
    {
        foreach (var same in groups.SelectMany(group => group.Files).GroupBy(file => (file.Folder, file.Owner, Mode: ModeOf(file))))
        {
            var flags = "COPY " + CopyGroup.Flags(same.Key.Mode, same.Key.Owner);
            var kept = same.Where(file => file.Name == Path.GetFileName(file.Source)).ToList();
            if (kept.Count > 0)
            {
                text.Append(flags).Append(DockerfileWords.List([.. kept.Select(SourceOf), same.Key.Folder])).Append('\n');
            }

            foreach (var file in same.Except(kept))
            {
                text.Append(flags).Append(DockerfileWords.List([SourceOf(file), file.Folder + file.Name])).Append('\n');
            }
        }

        string SourceOf(CopiedFile file) => DockerfileWords.Source(PathRules.Here.ToSlashes(Path.GetRelativePath(root, file.Source)));
    }

    private static string ModeOf(CopiedFile file) => Convert.ToString((int)(file.Permissions ?? FileModes.Of(file.Source)), 8);

    private static string ChecksumOf(string body) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16].ToLower(CultureInfo.InvariantCulture);
}
