using System.Text;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;
using BuildKit.Core.Staging;
using BuildKit.Core.Systems;

namespace BuildKit.Core.WrittenDockerfiles;

/// <summary>The command that builds a <see cref="WrittenDockerfile"/>, as the comment at its top.</summary>
internal static class WrittenCommand
{
    /// <summary>Folder that the command gives as context: the project's, or one above it that has all copied files too.</summary>
    public static string ContextOf(BuildRequest request)
    {
        var root = Path.GetDirectoryName(request.ProjectFile)!;
        foreach (var file in request.PublishOutput!.All.SelectMany(output => output.Copies).Select(file => file.Source))
        {
            while (!PathRules.Here.IsWithin(file, root) && Path.GetDirectoryName(root) is { } parent)
            {
                root = parent;
            }
        }

        return root;
    }

    /// <summary>The comment. Secrets are named and build arguments have no values in it.</summary>
    public static string Comment(BuildRequest request, IReadOnlyList<PublishStage> stages, string file, string root)
    {
        var folder = Path.GetDirectoryName(request.ProjectFile)!;
        List<string> words = ["docker", "buildx", "build", "--file", Relative(file)];
        foreach (var stage in stages)
        {
            words.AddRange(["--build-context",
                $"publish{(stages.Count > 1 ? "-" + stage.Output.RuntimeIdentifier : "")}={Relative(stage.Output.Folder)}"]);
            if (NamedContext.ImageFor(request.NamedContexts, stage.Output.BaseImage) != stage.Output.BaseImage)
            {
                words.AddRange(["--build-context", $"{WrittenDockerfile.BaseOf(stage)}={NamedContext.ImageScheme}{stage.Base.Reference}"]);
            }
        }

        if (request.PublishOutput!.Fragment.Length > 0)
        {
            words.AddRange(request.NamedContexts.Where(context => stages.All(stage => stage.Output.BaseImage != context.Name))
                .SelectMany(context => (context with { Source = context.IsFolder ? Relative(context.Source) : context.Source }).ToArguments()));
            words.AddRange(request.BuildArguments.SelectMany(argument => new[] { "--build-arg", argument.Name }));
            words.AddRange(request.SshAgents.SelectMany(agent => new[] { "--ssh", agent.Id }));
        }

        words.AddRange(
            request.Secrets.SelectMany(secret => (secret with { File = secret.File.Length > 0 ? Relative(secret.File) : "" }).ToArguments()));
        if (request.Platforms.Count > 0)
        {
            words.AddRange(["--platform", string.Join(',', request.Platforms)]);
        }

        words.AddRange(request.Tags.SelectMany(tag => new[] { "--tag", tag.ToString() }));
        words.AddRange(request.Pushes ? ["--push", Relative(root)] : [Relative(root)]);
        return new StringBuilder("#\n# Makes the image of ").Append(Path.GetFileName(request.ProjectFile))
            .Append(" without BuildKit.Tasks. In the project's folder, after \"dotnet publish\"")
            .Append(stages.Count > 1 ? " for each runtime identifier:" : ":")
            .Append("\n#\n#   ").AppendJoin(' ', words.Select(ShellWord.Quote))
            .Append("\n#\n# It needs BuildKit 0.20, which Docker has since 28.\n").ToString();

        string Relative(string path) => PathRules.Here.ToSlashes(Path.GetRelativePath(folder, path));
    }
}
