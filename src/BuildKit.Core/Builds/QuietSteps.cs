using BuildKit.Core.Images;
using BuildKit.Core.Progress;

namespace BuildKit.Core.Builds;

/// <summary>
/// Tells steps that wait for a network from those that work and may be silent for hours. A step that is not known here works: that a
/// build is ended by mistake is worse than that it is ended late.
/// </summary>
/// <param name="pushed">Registries that images are pushed to.</param>
/// <param name="cacheRegistries">Registries that caches are written to.</param>
internal sealed class QuietSteps(IReadOnlyList<string> pushed, IReadOnlyList<string> cacheRegistries)
{
    // The names are those of BuildKit's frontend, exporters and cache importers, and of buildx's drivers.
    private static readonly string[] Reads = ["importing cache manifest from ", "load metadata for ", "resolve image config for "];
    private static readonly string[] Addresses = ["load git source ", "load remote build context "
        + "", "https://", "http://", "git@", "git://", "ssh://"];
    private static readonly string[] Starts = ["booting buildkit", "waiting for connection", "load build definition", "load build context", "load "
        + ".dockerignore", "load from client"];

    /// <summary>What a build does now.</summary>
    public QuietLook Look(BuildGraph graph)
    {
        var found = graph.Steps.Where(step => step.Started is not null && !step.IsDone).Select(step => Find(step, graph.OpenPartsOf(step))).ToList();
        return new QuietLook(found.Contains(null), [.. found.OfType<AwaitedWork>().Distinct()]);
    }

    private AwaitedWork? Find(BuildStep step, IReadOnlyList<string> parts)
    {
        var text = step.Instruction;
        if (step.IsBaseImage)
        {
            // Layers that are unpacked are work.
            return parts.All(part => part.StartsWith("sha256:", StringComparison.Ordinal) || part.Length == 0
                || part.StartsWith("resolve ", StringComparison.Ordinal))
                ? new AwaitedWork(RegistryOf(text["FROM ".Length..]), text) : null;
        }

        if (!step.IsInternal)
        {
            return text.StartsWith("ADD ", StringComparison.OrdinalIgnoreCase)
                && text.Split(' ').FirstOrDefault(word => Addresses.Any(start => word.StartsWith(start, StringComparison.Ordinal))) is { } address
                    ? new AwaitedWork(HostOf(address), text) : null;
        }

        if (Reads.FirstOrDefault(start => text.StartsWith(start, StringComparison.Ordinal)) is { } read)
        {
            return new AwaitedWork(RegistryOf(text[read.Length..]), text);
        }

        if (text.IndexOf(" token for ", StringComparison.Ordinal) is var token && token >= 0)
        {
            return new AwaitedWork(text[(token + " token for ".Length)..], "getting a token: " + text);
        }

        if (Addresses.FirstOrDefault(start => text.StartsWith(start, StringComparison.Ordinal)) is { } source)
        {
            return new AwaitedWork(HostOf(source.EndsWith(' ') ? text[source.Length..] : text), text);
        }

        if (Starts.Any(start => text.StartsWith(start, StringComparison.Ordinal)))
        {
            return parts.FirstOrDefault(part => part.StartsWith("pulling image ", StringComparison.Ordinal)) is { } image
                ? new AwaitedWork(RegistryOf(image["pulling image ".Length..]), image) : new AwaitedWork("", text);
        }

        return text.StartsWith("exporting cache to registry", StringComparison.Ordinal) ? Write(text, parts, "writing ", cacheRegistries)
            : text.StartsWith("exporting to ", StringComparison.Ordinal) || text.StartsWith("pushing ", StringComparison.Ordinal)
                ? Write(text, parts, "pushing ", pushed)
            : null;
    }

    private static AwaitedWork? Write(string step, IReadOnlyList<string> parts, string start, IReadOnlyList<string> registries) =>
        parts.FirstOrDefault(part => part.StartsWith(start, StringComparison.Ordinal)) is not { } part ? null
        : part.StartsWith("pushing manifest for ", StringComparison.Ordinal)
            ? new AwaitedWork(RegistryOf(part["pushing manifest for ".Length..]), $"{step}: {part}")
        : new AwaitedWork(string.Join(", ", registries.Distinct()), $"{step}: {part}", part.Contains("layer", StringComparison.Ordinal));

    private static string RegistryOf(string reference)
    {
        var name = reference.Split(' ')[0].Split('@')[0];
        name = name.StartsWith("docker-image://", StringComparison.Ordinal) ? name["docker-image://".Length..] : name;
        return ImageReference.TryParse(name) is { } parsed ? parsed.Registry.Length > 0 ? parsed.Registry : "docker.io" : "";
    }

    private static string HostOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Authority.Split('@')[^1]
        : address.Split('@', 2) is [_, var rest] ? rest.Split(':', '/')[0] : "";
}
