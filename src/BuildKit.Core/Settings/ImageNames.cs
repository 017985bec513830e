using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Projects;

namespace BuildKit.Core.Settings;

/// <summary>Reads registry, repository and tags, with the SDK's names and meaning.</summary>
public static partial class ImageNames
{
    /// <summary>The references that the image gets: every tag in every registry.</summary>
    /// <param name="settings">The project's settings.</param>
    /// <param name="diagnostics">BK2002, BK2003, BK2013.</param>
    public static IReadOnlyList<ImageReference> Read(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var registries = Registries(settings, diagnostics);
        var repository = Repository(settings, diagnostics);
        var tags = Tags(settings, diagnostics);
        return diagnostics.HasErrors
            ? []
            : [.. registries.DefaultIfEmpty("").SelectMany(registry => tags.Select(tag => new ImageReference(registry, repository, tag)))];
    }

    /// <summary>Whether the project names tags itself.</summary>
    public static bool TagsAreGiven(ProjectSettings project) => TagProperties(project).Any();

    /// <summary>The properties by which the project names tags itself.</summary>
    internal static IEnumerable<string> TagProperties(ProjectSettings project) => project.IsSet("BuildKitOnlyTag") ? ["BuildKitOnlyTag"]
        : new[] { "ContainerImageTag", "ContainerImageTags", "PublishImageTag" }.Where(project.IsSet);

    /// <summary>The registries; none stands for the local engine.</summary>
    public static IReadOnlyList<string> Registries(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        // RegistryUrl is what Visual Studio's publish profiles set; the SDK lets it win.
        var property = settings["RegistryUrl"].Length > 0 ? "RegistryUrl" : "ContainerRegistry";
        var registries = ValueList.Split(settings[property]);
        foreach (var registry in registries.Where(registry => !ImageReference.IsRegistry(registry)))
        {
            diagnostics.Add(PropertyDiagnostics.InvalidRegistry, property, property, registry);
        }

        return registries;
    }

    /// <summary>
    /// A valid repository made of any name, for example of an assembly's, as the SDK does it: a valid name stays, and in
    /// any other each character that is no letter, digit, '_', '-' or '/' becomes '-' (<c>Shop.Api</c> is <c>shop-api</c>,
    /// <c>My__App</c> is <c>my__app</c>). What is no repository even then loses separators at its ends and double ones.
    /// </summary>
    public static string Normalise(string name)
    {
        if (ImageReference.IsRepository(name))
        {
            return name;
        }

        var text = NotAllowed().Replace(name.Trim().ToLowerInvariant(), "-");
        text = ImageReference.IsRepository(text) ? text : Separators().Replace(text, match => match.Value[..1]).Trim('-', '_', '/');
        return text.Length == 0 ? "image" : text;
    }

    private static string Repository(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var property = settings["ContainerImageName"].Length > 0 && settings["ContainerRepository"].Length == 0
            ? "ContainerImageName" : "ContainerRepository";
        var value = settings[property];
        // Capitals and spaces are forgiven; anything else that is not allowed is more likely a mistake than a wish.
        if (value.Length > 0 && (!Forgiven().IsMatch(value) || !ImageReference.IsRepository(Normalise(value))))
        {
            var reason = value.Contains(':', StringComparison.Ordinal) ? "a tag belongs into ContainerImageTags, a registry into ContainerRegistry"
                : "it has characters or separators that are not allowed";
            diagnostics.Add(PropertyDiagnostics.InvalidRepository, property, property, value, reason);
        }

        if (value.Length == 0)
        {
            CheckName(settings.Name, diagnostics);
        }

        return Normalise(value.Length > 0 ? value : settings.Name);
    }

    // Two projects of whose names nothing is left would push over each other; the SDK refuses such names, too.
    private static void CheckName(string name, SettingDiagnostics diagnostics)
    {
        if (name.Length == 0 || !char.IsAsciiLetterOrDigit(name[0]))
        {
            diagnostics.Add(PropertyDiagnostics.InvalidRepository, "ContainerRepository", "The image's name", name,
                "it does not begin with a letter from a to z or a digit; set ContainerRepository");
        }
        else if (name.Any(character => !char.IsAscii(character)))
        {
            diagnostics.Add(PropertyDiagnostics.NameChanged, "ContainerRepository", name, Normalise(name));
        }
    }

    private static IReadOnlyList<string> Tags(ImageSettings settings, SettingDiagnostics diagnostics)
    {
        if (settings["BuildKitOnlyTag"] is { Length: > 0 } only)
        {
            return Accept("BuildKitOnlyTag", [only], diagnostics);
        }

        var single = settings["PublishImageTag"].Length > 0 ? "PublishImageTag" : "ContainerImageTag";
        // The SDK writes it over the one tag, and leaves a list of tags as it is.
        var made = SwitchText.IsTrueOfSdk(settings["AutoGenerateImageTag"])
            ? DateTime.UtcNow.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture) : "";
        var tags = new[] { single, "ContainerImageTags" }.SelectMany(property =>
            Accept(property, property == single && made.Length > 0 ? [made] : ValueList.Split(settings[property]), diagnostics)).Distinct().ToList();
        return tags.Count > 0 ? tags : ["latest"];
    }

    private static List<string> Accept(string property, IReadOnlyList<string> tags, SettingDiagnostics diagnostics)
    {
        foreach (var tag in tags.Where(tag => !ImageReference.IsTag(tag)))
        {
            diagnostics.Add(PropertyDiagnostics.InvalidTag, property, property, tag);
        }

        return [.. tags.Where(ImageReference.IsTag)];
    }

    [GeneratedRegex("[^a-z0-9/_-]")]
    private static partial Regex NotAllowed();

    [GeneratedRegex(@"^[A-Za-z0-9](?:(?!//)[A-Za-z0-9 ./_-])*\z")]
    private static partial Regex Forgiven();

    [GeneratedRegex(@"[/_-]{2,}")]
    private static partial Regex Separators();
}
