using BuildKit.Core.Diagnostics;
using BuildKit.Core.Drivers;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Builders;

/// <summary>Reads the items <c>BuildKitRegistry</c>.</summary>
internal static class RegistryReader
{
    private static readonly string[] Known = ["Http", "Insecure", "CertificateAuthority", "ClientCertificate", "ClientKey", "Mirrors"];

    /// <summary>The registries, in order.</summary>
    /// <param name="request">What the project says.</param>
    /// <param name="builder">Name of the builder, for messages.</param>
    /// <param name="found">Takes what is wrong: BK1030, BK1023.</param>
    public static IReadOnlyList<RegistryDefinition> Read(BuilderRequest request, string builder, List<Diagnostic> found)
    {
        var registries = request.Registries.Select(item => Read(item, request, builder, found)).ToList();
        foreach (var twice in registries.GroupBy(registry => registry.Host).Where(group => group.Count() > 1))
        {
            found.Add(Invalid(request, twice.Key, "there are two items for this registry"));
        }

        return registries;
    }

    private static RegistryDefinition Read(SettingItem item, BuilderRequest request, string builder, List<Diagnostic> found)
    {
        foreach (var unknown in item.Metadata.Keys.Where(name => !Known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            found.Add(Invalid(request, item.Include, $"it has no metadata {unknown} (it has {string.Join(", ", Known)})"));
        }

        if (item.Include.Contains('/', StringComparison.Ordinal) || item.Include.Any(c => char.IsWhiteSpace(c) || c == '"'))
        {
            found.Add(Invalid(request, item.Include, "write the host as it stands in image names, for example registry.example.com:5000"));
        }

        if ((item["ClientCertificate"].Length > 0) != (item["ClientKey"].Length > 0))
        {
            found.Add(Invalid(request, item.Include, "ClientCertificate and ClientKey go together"));
        }

        var registry = new RegistryDefinition
        {
            Host = item.Include,
            Http = Switch(item, "Http", request, found),
            Insecure = Switch(item, "Insecure", request, found),
            CertificateAuthority = FileOf(item, "CertificateAuthority", request),
            ClientCertificate = FileOf(item, "ClientCertificate", request),
            ClientKey = FileOf(item, "ClientKey", request),
            Mirrors = ValueList.Split(item["Mirrors"]),
        };
        foreach (var file in registry.Files.Where(file => !File.Exists(file)))
        {
            found.Add(BuilderDiagnostics.CertificateMissing.At(
                At(request, item.Include), builder, file, $"a certificate of the registry {item.Include}", "does not exist"));
        }

        return registry;
    }

    private static bool Switch(SettingItem item, string name, BuilderRequest request, List<Diagnostic> found)
    {
        if (!SwitchText.TryRead(item[name], out var value))
        {
            found.Add(Invalid(request, item.Include, $"{name} is \"{item[name]}\", and must be true or false"));
        }

        return value == true;
    }

    private static string FileOf(SettingItem item, string name, BuilderRequest request) =>
        item[name].Length == 0 ? "" : ProjectPath.Full(request.WorkingDirectory, item[name]);

    private static Diagnostic Invalid(BuilderRequest request, string include, string problem) =>
        BuilderDiagnostics.NodeInvalid.At(At(request, include), "BuildKitRegistry", include, problem);

    private static SourceLocation? At(BuilderRequest request, string include) =>
        request.Location is { } place ? ProjectFileLocation.Of(place.File, "BuildKitRegistry", include) : null;
}
