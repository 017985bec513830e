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
        var patterns = new ExportPatterns(folder);
        var text = new StringBuilder("images:\n");
        foreach (var request in requests)
        {
            var name = Key(request.Name);
            var project = Path.GetRelativePath(folder, request.ProjectFile).Replace('\\', '/');
            text.Append($"  {name}:\n");
            text.Append($"    image: {Yaml(request.Tags.Count > 0 ? request.Tags[0].Name : request.Name)}\n");
            text.Append("    custom:\n");
            text.Append("      command: |-\n");
            // One tag, whatever the project and its image definitions say; DevSpace knows the image by it.
            text.Append(
                $"        dotnet build {ShellWord.Quote(project)} -c Release -t:BuildKitBuildImage "
                    + $"-p:BuildKitOnlyImage={ShellWord.Quote(request.Name)} -p:BuildKitOnlyTag=${{runtime.images.{name}.tag}}\n");
            text.Append("      onChange:\n");
            foreach (var pattern in patterns.Of(request, inputs))
            {
                text.Append($"        - {Yaml(pattern)}\n");
            }
        }

        return text.ToString();
    }

    private static string Key(string name) =>
        string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');

    private static string Yaml(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
