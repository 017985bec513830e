using System.Globalization;
using BuildKit.Core.Drivers;
using BuildKit.Core.Environments;

namespace BuildKit.Core.Builders;

/// <summary>
/// Which builder a build gets, as a stable text: equal when the same one would be found or made. What
/// <c>docker buildx use</c> selected counts, files that the request names count by size and time. Nothing is started.
/// </summary>
public static class BuilderIdentity
{
    /// <summary>The text, on one line.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="environment">The environment of the build.</param>
    public static string Of(BuilderRequest request, BuildEnvironment environment)
    {
        var choice = BuilderChoice.Of(request, environment);
        string[] parts =
        [
            choice.Name, choice.Driver?.NameOf() ?? "", request.Endpoint, Stamp(request.ConfigFile), request.Flags,
            .. request.DriverOptions,
            .. request.Nodes.Concat(request.Registries).Select(item => item.Include + "{" + string.Join(',', item.Metadata
                .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                .Select(pair => $"{pair.Key}={pair.Value}{Stamp(pair.Value, request.WorkingDirectory)}")) + "}"),
        ];
        return string.Join('|', parts).ReplaceLineEndings(" ");
    }

    /// <summary>Size and time of a file; empty when there is none.</summary>
    /// <param name="path">Its path, or a text that may be none.</param>
    /// <param name="root">Folder that a relative path starts at.</param>
    internal static string Stamp(string path, string root = "")
    {
        if (path.Length is 0 or > 1024 || path.Contains("://", StringComparison.Ordinal))
        {
            return "";
        }

        var file = new FileInfo(root.Length > 0 ? Path.Combine(root, path) : path);
        return file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"<{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}>") : "";
    }
}
