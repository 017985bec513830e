using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DevSpace;

/// <summary>The Dockerfile that an imported image is built from: the image's own, or one beside the imported file when DevSpace changes it.</summary>
internal static class ImportedDockerfile
{
    /// <summary>Writes it when that is needed.</summary>
    /// <param name="image">The image.</param>
    /// <param name="importFile">Full path of the imported file.</param>
    /// <param name="sink">Gets BK6125.</param>
    /// <returns>Full path.</returns>
    /// <exception cref="DiagnosticException">BK6118.</exception>
    public static string Of(DevSpaceImage image, string importFile, IDiagnosticSink sink)
    {
        if (!File.Exists(image.Dockerfile))
        {
            return image.Dockerfile;
        }

        var special = DevSpaceDockerfile.SpecialRules(image);
        if (special is null && Directory.Exists(Path.Combine(image.Context, ".devspace")))
        {
            sink.Report(DevSpaceDiagnostics.ImportedValue.At(image.Location, $"{image.Context} has a folder .devspace", "which DevSpace never sends",
                "add .devspace to the .dockerignore of the image, or remove the folder"));
        }

        var rules = special is null ? null : DevSpaceDockerfile.TextOf(special);
        if (!DevSpaceDockerfile.IsChanged(image) && (rules is null || WritesBesideOwn(image, rules, sink)))
        {
            return image.Dockerfile;
        }

        var file = Path.Combine(Path.GetDirectoryName(importFile)!, $"{Path.GetFileNameWithoutExtension(importFile)}.{image.Name}.Dockerfile");
        CheckValues(image, Path.GetFileName(file), sink);
        DevSpaceDockerfile.Write(file, DevSpaceDockerfile.Change(image).Text);
        DevSpaceDockerfile.WriteIgnoreRules(file, rules ?? DevSpaceDockerfile.OwnRules(image));
        sink.Message(MessageLevel.Result, $"wrote {file}, which is {image.Dockerfile} as DevSpace changes it for images.{image.Name}.");
        return file;
    }

    // BuildKit reads the rules beside the Dockerfile first, as DevSpace reads devspace.dockerignore.
    private static bool WritesBesideOwn(DevSpaceImage image, string rules, IDiagnosticSink sink)
    {
        if (DevSpaceDockerfile.OwnRules(image) is { } own)
        {
            return own == rules;
        }

        DevSpaceDockerfile.WriteIgnoreRules(image.Dockerfile, rules);
        sink.Message(MessageLevel.Result, $"wrote {image.Dockerfile}.dockerignore with the rules of devspace.dockerignore.");
        return true;
    }

    // A Dockerfile has no place for a value from elsewhere, so that of a credential is refused.
    private static void CheckValues(DevSpaceImage image, string file, IDiagnosticSink sink)
    {
        var texts = image.Filled.Where(text => text.Path.EndsWith(".entrypoint", StringComparison.Ordinal)
            || text.Path.EndsWith(".cmd", StringComparison.Ordinal) || text.Path.EndsWith(".appendDockerfileInstructions", StringComparison.Ordinal));
        foreach (var text in texts)
        {
            foreach (var part in text.Parts.Where(part => part.Origin is { Kind: not (OriginKind.File or OriginKind.Project) }))
            {
                if (ImportedValues.IsSecret(part.Origin) || CredentialForm.IsIn(part.Text))
                {
                    throw new DiagnosticException(DevSpaceDiagnostics.InvalidImage.At(
                        text.Location, image.Name,
                        $"has the value of {part.Origin!.Name}, which looks like a credential, in its Dockerfile; make it a secret of the build "
                            + "before the import"));
                }

                sink.Report(DevSpaceDiagnostics.ImportedValue.At(
                    text.Location, ImportedProperties.NameOf(part.Origin!), $"is a part of {file}",
                    "it is written as it is now; correct it there when it is not for everybody"));
            }
        }
    }
}
