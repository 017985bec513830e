using System.Text;
using BuildKit.Core.Processes;
using BuildKit.Core.Requests;

namespace BuildKit.Core.DevSpace;

/// <summary>
/// Writes the <c>images</c> section in which DevSpace calls <c>dotnet</c> for each image
/// (https://www.devspace.sh/docs/configuration/images/custom): the tag is DevSpace's, the rest the project's.
/// </summary>
public static class DevSpaceExport
{
    /// <summary>Makes the text.</summary>
    /// <param name="file">Full path of the file; DevSpace's paths are relative to its folder.</param>
    /// <param name="requests">The project's images.</param>
    /// <param name="inputs">Full paths of source files and of projects that are referred to.</param>
    public static string Write(string file, IReadOnlyList<BuildRequest> requests, IReadOnlyList<string> inputs)
    {
        var folder = Path.GetDirectoryName(file)!;
        var text = new StringBuilder("images:\n");
        foreach (var request in requests)
        {
            var name = Key(request.Name);
            var project = Relative(folder, request.ProjectFile);
            text.Append($"  {name}:\n");
            text.Append($"    image: {Yaml(request.Tags.Count > 0 ? request.Tags[0].Name : request.Name)}\n");
            text.Append("    custom:\n");
            text.Append("      command: |-\n");
            // One tag, whatever the project says; DevSpace knows the image by it.
            text.Append($"        dotnet build {ShellWord.Quote(project)} -c Release -t:BuildKitBuildImage -p:BuildKitOnlyImage={ShellWord.Quote(request.Name)} -p:ContainerImageTags= -p:ContainerImageTag=${{runtime.images.{name}.tag}}\n");
            text.Append("      onChange:\n");
            foreach (var pattern in Patterns(folder, request, inputs))
            {
                text.Append($"        - {Yaml(pattern)}\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Patterns(string folder, BuildRequest request, IReadOnlyList<string> inputs)
    {
        var patterns = new SortedSet<string>(StringComparer.Ordinal) { Relative(folder, request.ProjectFile) };
        if (request.PublishOutput is null)
        {
            patterns.Add(Relative(folder, request.Dockerfile));
            if (!NamedContext.HasScheme(request.Context))
            {
                patterns.Add(Relative(folder, request.Context).TrimEnd('/') + "/**");
            }
        }
        else
        {
            patterns.UnionWith(inputs.SelectMany(input => PatternsOf(folder, input)));
        }

        patterns.UnionWith(request.NamedContexts.Where(context => context.IsFolder && context.Name != "publish")
            .Select(context => Relative(folder, context.Source).TrimEnd('/') + "/**"));
        return patterns.Select(pattern => pattern.StartsWith("./", StringComparison.Ordinal) && pattern.Length > 2 ? pattern[2..] : pattern);
    }

    // Sources by folder and kind, so that a new file counts and what a build writes does not.
    private static IEnumerable<string> PatternsOf(string folder, string input)
    {
        if (input.Split('/', '\\').Any(part => part is "obj" or "bin" or ".nuget"))
        {
            yield break;
        }

        if (Path.GetExtension(input).EndsWith("proj", StringComparison.OrdinalIgnoreCase))
        {
            yield return Relative(folder, input);
            foreach (var child in Directory.EnumerateFiles(Path.GetDirectoryName(input)!, "*.*", SearchOption.AllDirectories)
                .Where(child => Path.GetExtension(child) is ".cs" or ".fs" or ".vb" or ".razor" or ".resx"))
            {
                foreach (var pattern in PatternsOf(folder, child))
                {
                    yield return pattern;
                }
            }

            yield break;
        }

        var extension = Path.GetExtension(input);
        yield return $"{Relative(folder, Path.GetDirectoryName(input)!).TrimEnd('/')}/*{extension}";
    }

    private static string Key(string name) =>
        string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private static string Yaml(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
