using BuildKit.Core.Dockerfiles;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>A <c>--mount</c> of RUN: https://docs.docker.com/reference/dockerfile/#run---mount.</summary>
/// <param name="Type"><c>bind</c>, <c>cache</c>, <c>secret</c> and others.</param>
/// <param name="Target">Where it is seen; empty when not written.</param>
/// <param name="From">Stage or image it comes from; empty for the context.</param>
/// <param name="Sharing"><c>shared</c>, <c>private</c> or <c>locked</c>.</param>
internal sealed record Mount(string Type, string Target, string From, string Sharing);

/// <summary>Reads the mounts of an instruction.</summary>
internal static class Mounts
{
    /// <summary>The mounts, in order.</summary>
    public static IEnumerable<Mount> Of(DockerfileInstruction instruction)
    {
        ArgumentNullException.ThrowIfNull(instruction);
        return instruction.Flags.Where(flag => flag.Name == "mount").Select(flag => Read(flag.Value ?? ""));
    }

    private static Mount Read(string text)
    {
        var fields = text.Split(',')
            .Select(field => field.Trim().Split('=', 2))
            .ToLookup(field => field[0].ToLowerInvariant(), field => field.Length > 1 ? field[1] : "");
        string Value(params string[] names) => names.SelectMany(name => fields[name]).LastOrDefault() ?? "";
        return new Mount(
            Value("type") is { Length: > 0 } type ? type : "bind",
            Value("target", "dst", "destination").TrimEnd('/'),
            Value("from"),
            Value("sharing") is { Length: > 0 } sharing ? sharing : "shared");
    }
}
