using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>Finds images of one project that would replace each other.</summary>
public static class DuplicateImages
{
    /// <summary>One BK2017 for each image whose reference an earlier one has.</summary>
    public static IEnumerable<Diagnostic> Check(IEnumerable<BuildRequest> requests, string projectFile)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            foreach (var tag in request.Tags.Select(tag => tag.ToString()))
            {
                if (!owners.TryAdd(tag, request.Name))
                {
                    yield return PropertyDiagnostics.DuplicateImage.At(
                        ProjectFileLocation.Of(projectFile, "BuildKitImageDefinition", request.Name), owners[tag], request.Name, tag);
                    break;
                }
            }
        }
    }
}
