using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;
using BuildKit.Core.Settings;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.Compose;

/// <summary>The name and the tags of a service's image: <c>image</c>, and what <c>build.tags</c> adds.</summary>
/// <param name="options">What the project says.</param>
/// <param name="sink">Gets BK6113 and BK6118.</param>
internal sealed class ComposeNames(ComposeOptions options, IDiagnosticSink sink)
{
    /// <summary>Adds registry, repository and tags.</summary>
    public void Set(ImageDescription image, YamlFields service, YamlFields build)
    {
        var tags = new List<string>();
        ImageReference? first = null;
        foreach (var (name, at) in Written(service, build))
        {
            if (ImageReference.TryParse(name) is not { } reference)
            {
                sink.Report(DevSpaceDiagnostics.InvalidImage.At(at, image.Name, $"is called \"{name}\", which is no valid image name"));
            }
            else if (first is not null && reference.Name != first.Name)
            {
                sink.Report(DevSpaceDiagnostics.NotCarried.At(at, $"The tag \"{name}\"",
                    $"it is another image name than {first.Name}; add a service, or set ContainerRegistry to several registries"));
            }
            else
            {
                first ??= reference;
                tags.Add(reference.Tag);
            }
        }

        // Compose would call it project-service; the service's name is what the project's registry gets.
        image.Set("ContainerRegistry", first?.Registry ?? "");
        image.Set("ContainerRepository", first?.Repository ?? ImageNames.Normalise(image.Name));
        image.Set("ContainerImageTags", options.Tags.Count > 0 ? "" : string.Join(';', tags.Distinct()));
    }

    /// <summary>The reference under which another image finds this one.</summary>
    public string ReferenceOf(ImageDescription image)
    {
        var registry = image.Metadata.GetValueOrDefault("ContainerRegistry", options.Registry);
        var tag = options.Tags.Concat(ValueList.Split(image.Metadata.GetValueOrDefault("ContainerImageTags", ""))).FirstOrDefault("latest");
        return $"{(registry.Length == 0 ? "" : registry + "/")}{image.Metadata["ContainerRepository"]}:{tag}";
    }

    private static IEnumerable<(string Name, SourceLocation At)> Written(YamlFields service, YamlFields build)
    {
        if (service.Text("image") is { Length: > 0 } image)
        {
            yield return (image, service.At("image"));
        }

        foreach (var tag in ComposeLists.Texts(build.Map["tags"]))
        {
            yield return (tag.Value, tag.Location);
        }
    }
}
