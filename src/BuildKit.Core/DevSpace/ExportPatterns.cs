using System.Xml;
using System.Xml.Linq;
using BuildKit.Core.BuildContexts;
using BuildKit.Core.Requests;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// What DevSpace has to look at to find out that an image changed: patterns for <c>onChange</c>. A folder that matches is
/// looked at with all that is in it, so no pattern may match one in which a build leaves something.
/// </summary>
/// <param name="folder">Full path of the folder that patterns are relative to.</param>
internal sealed class ExportPatterns(string folder)
{
    private static readonly string[] NotSources = [".git", ".vs", ".devspace"];

    /// <summary>The patterns for an image.</summary>
    /// <param name="request">The image.</param>
    /// <param name="inputs">Full paths of source files and of projects that are referred to.</param>
    public IReadOnlyCollection<string> Of(BuildRequest request, IReadOnlyList<string> inputs)
    {
        var patterns = new SortedSet<string>(StringComparer.Ordinal) { Relative(request.ProjectFile) };
        patterns.UnionWith(Imports(request.ProjectFile, []).Select(Relative));
        if (request.PublishOutput is null)
        {
            patterns.Add(Relative(request.Dockerfile));
            patterns.UnionWith(inputs.Where(input => Path.GetExtension(input) is ".props" or ".targets" && File.Exists(input)).Select(Relative));
            if (!NamedContext.HasScheme(request.Context))
            {
                patterns.UnionWith(Below(request.Context, DockerIgnore.Load(request.Context, request.Dockerfile)));
            }
        }
        else
        {
            patterns.UnionWith(inputs.SelectMany(OfInput));
        }

        patterns.UnionWith(request.NamedContexts.Where(context => context.IsFolder && context.Name != "publish" && Directory.Exists(context.Source))
            .SelectMany(context => Below(context.Source, DockerIgnore.None)));
        static string Short(string pattern) => pattern.StartsWith("./", StringComparison.Ordinal) && pattern.Length > 2 ? pattern[2..] : pattern;
        return [.. patterns.Select(Short).Distinct()];
    }

    // A folder that no build writes into as a whole; of any other its files by kind, so that a new one counts.
    private IEnumerable<string> Below(string root, DockerIgnore ignore)
    {
        IEnumerable<string> Visit(string directory)
        {
            if (!HasOutputs(directory))
            {
                return [Join(directory, "**")];
            }

            var files = Directory.EnumerateFiles(directory).Select(Path.GetFileName).OfType<string>()
                .Select(name => Path.GetExtension(name) is { Length: > 1 } extension && !name.StartsWith('.') ? "*" + extension : name)
                .Select(name => Join(directory, name));
            bool IsSent(string child) => !ignore.CanSkipDirectory(Path.GetRelativePath(root, child).Replace('\\', '/'));
            return files.Concat(Children(directory).Where(IsSent).SelectMany(Visit));
        }

        return Visit(root);
    }

    private static bool HasOutputs(string directory) =>
        Directory.EnumerateDirectories(directory).Any(child => IsOutput(child) || HasOutputs(child));

    private static IEnumerable<string> Children(string directory) => Directory.EnumerateDirectories(directory).Where(child => !IsOutput(child));

    // What MSBuild writes beside a project, and what is no source.
    private static bool IsOutput(string directory) => Path.GetFileName(directory) switch
    {
        "obj" => HasProject(Path.GetDirectoryName(directory)!, "*.*proj"),
        "bin" => HasProject(Path.GetDirectoryName(directory)!, "*.??proj"),
        var name => NotSources.Contains(name),
    };

    private static bool HasProject(string directory, string pattern) => Directory.EnumerateFiles(directory, pattern).Any();

    // Sources by folder and kind, so that a new file counts and what a build writes does not.
    private IEnumerable<string> OfInput(string input)
    {
        if (input.Split('/', '\\').Any(part => part is "obj" or "bin" or ".nuget"))
        {
            yield break;
        }

        if (Path.GetExtension(input).EndsWith("proj", StringComparison.OrdinalIgnoreCase))
        {
            yield return Relative(input);
            foreach (var child in Directory.EnumerateFiles(Path.GetDirectoryName(input)!, "*.*", SearchOption.AllDirectories)
                .Where(child => Path.GetExtension(child) is ".cs" or ".fs" or ".vb" or ".razor" or ".resx"))
            {
                foreach (var pattern in OfInput(child))
                {
                    yield return pattern;
                }
            }

            yield break;
        }

        yield return Join(Path.GetDirectoryName(input)!, "*" + Path.GetExtension(input));
    }

    // Files that a project imports by a path; those of SDKs and packages are not the repository's.
    private static IEnumerable<string> Imports(string file, HashSet<string> seen)
    {
        if (!seen.Add(file))
        {
            yield break;
        }

        foreach (var project in ImportsIn(file))
        {
            var path = project.Replace("$(MSBuildThisFileDirectory)", "./", StringComparison.OrdinalIgnoreCase)
                .Replace("$(MSBuildProjectDirectory)", ".", StringComparison.OrdinalIgnoreCase).Replace('\\', '/');
            var full = path.Contains("$(", StringComparison.Ordinal) || path.Contains('*', StringComparison.Ordinal)
                ? "" : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path));
            if (!File.Exists(full))
            {
                continue;
            }

            yield return full;
            foreach (var further in Imports(full, seen))
            {
                yield return further;
            }
        }
    }

    private static IEnumerable<string> ImportsIn(string file)
    {
        try
        {
            return [.. XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "Import" && element.Attribute("Sdk") is null)
                .Select(element => element.Attribute("Project")?.Value ?? "").Where(project => project.Length > 0)];
        }
        catch (Exception failure) when (failure is XmlException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string Join(string directory, string name) => $"{Relative(directory).TrimEnd('/')}/{name}";

    private string Relative(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
