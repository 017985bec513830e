using BuildKit.Core.Diagnostics;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Bakes;

/// <summary>Options of <c>docker buildx build</c> in the words of a bake definition.</summary>
internal static class BakeOptions
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["--shm-size"] = "shm-size",
        ["--ulimit"] = "ulimits",
        ["--no-cache-filter"] = "no-cache-filter",
        ["--annotation"] = "annotations",
        ["--allow"] = "entitlements",
        ["--attest"] = "attest",
    };

    /// <summary>The options by their key, each with its values.</summary>
    /// <exception cref="DiagnosticException">BK6206.</exception>
    public static ILookup<string, string> Of(BuildRequest request) => Read(request) is var (found, unknown) && unknown.Length == 0 ? found
        : throw new DiagnosticException(BakeDiagnostics.OptionNotBakeable.At(new SourceLocation(request.ProjectFile), unknown, request.Name));

    /// <summary>The first option that a bake has no word for; empty when there is none.</summary>
    public static string UnknownIn(BuildRequest request) => Read(request).Unknown;

    private static (ILookup<string, string> Found, string Unknown) Read(BuildRequest request)
    {
        var (found, unknown) = (new List<(string Key, string Value)>(), "");
        for (var i = 0; i < request.Options.Count && unknown.Length == 0; i++)
        {
            var parts = request.Options[i].Split('=', 2);
            if (!Keys.TryGetValue(parts[0], out var key) || (parts.Length == 1 && i + 1 == request.Options.Count))
            {
                unknown = request.Options[i];
            }
            else
            {
                found.Add((key, parts.Length == 2 ? parts[1] : request.Options[++i]));
            }
        }

        return (found.ToLookup(option => option.Key, option => option.Value), unknown);
    }
}
