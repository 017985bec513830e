using BuildKit.Core.BuildContexts;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.Projects;
using BuildKit.Core.Systems;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>
/// Finds the .NET project that a Dockerfile builds, for a folder project, which is another one: the framework, the
/// references and the files of the folder project say nothing about it.
/// </summary>
internal static partial class BuiltProject
{
    /// <summary>What the built project's files say; nothing when no step names a project, or several do.</summary>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="context">Full path of the build context; empty when it is not here.</param>
    public static ProjectFacts Find(Dockerfile dockerfile, string context)
    {
        var none = new ProjectFacts("", WithoutCode: true);
        if (context.Length == 0)
        {
            return none;
        }

        var commands = dockerfile.Instructions.SelectMany(RunCommands.Dotnet).ToList();
        var published = Named(commands.Where(command => command.Verb == "publish"), dockerfile, context);
        var projects = published.Count > 0 ? published : Named(commands, dockerfile, context);
        return projects.Count == 1 ? Read(projects[0]) : none;
    }

    /// <summary>
    /// The text of a property in a project or in the nearest Directory.Build.props above it; empty when it is not there or
    /// made of others.
    /// </summary>
    internal static string Property(string projectFile, string name)
    {
        for (var folder = Path.GetDirectoryName(projectFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, "Directory.Build.props");
            if (Text(ProjectReferences.TryLoad(projectFile), name) is { Length: > 0 } own)
            {
                return own;
            }

            if (File.Exists(file))
            {
                return Text(ProjectReferences.TryLoad(file), name);
            }
        }

        return "";
    }

    private static string Text(XElement? root, string name) =>
        root?.Descendants().LastOrDefault(element => element.Name.LocalName == name)?.Value.Trim() is { } value
            && !value.Contains('$', StringComparison.Ordinal) ? value : "";

    private static ProjectFacts Read(string project) => new(
        project,
        Property(project, "TargetFramework"),
        Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json"),
        new[] { "SelfContained", "PublishSelfContained", "PublishAot" }.Any(name => SwitchText.IsTrueOfSdk(Property(project, name))),
        WithoutCode: true);

    // In the image the project may lie elsewhere: what counts is a path of the context with its name, the one that is copied first.
    private static List<string> Named(IEnumerable<(string Verb, string Words)> commands, Dockerfile dockerfile, string context)
    {
        var copied = CopySources.Of(dockerfile).Where(source => !source.HasVariables).Select(source => SlashPath.InContext(source.Path)).ToList();
        return [.. commands.SelectMany(command => ProjectForm().Matches(command.Words).Select(match => match.Value)).Distinct()
            .Select(name => copied.Prepend(SlashPath.InContext(name))
                .FirstOrDefault(path => path.Split('/')[^1] == name.Split('/')[^1] && ExactPath.IsFile(context, path))
                ?? Within(context, name))
            .OfType<string>().Select(path => Path.GetFullPath(path, context)).Distinct()];
    }

    // WORKDIR leads into the folder that the context has, too; two folders deep is where projects are.
    private static string? Within(string context, string name)
    {
        var file = name.Split('/')[^1];
        string[] patterns = [file, "*/" + file, "*/*/" + file, "*/*/*/" + file];
        return patterns.Select(pattern => SourceSearch.Find(context, pattern)).FirstOrDefault(path => path is not null);
    }

    [GeneratedRegex(@"[\w./-]+\.(?:cs|fs|vb)proj\b")]
    private static partial Regex ProjectForm();
}
