using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Reports;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3314 and BK3315: build output of this machine and the repository's history are sent with the context.</summary>
internal static class ContextContentCheck
{
    /// <summary>Its codes: they are about the context, whatever Dockerfile it is for.</summary>
    public static IReadOnlyList<string> Codes { get; } = [LayerCheckDiagnostics.NoIgnoreFile.Code, LayerCheckDiagnostics.ContextSendsOutput.Code];

    /// <summary>Less than this is no harm; obj has more after any restore.</summary>
    private const long SmallestHarm = 4096;

    private static readonly string[] Unwanted = ["bin", "obj", ".git", "node_modules", ".vs"];

    /// <summary>Finds them. BuildKit sends what is copied only, so that without a COPY of the folder nothing is wrong.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!Directory.Exists(input.Context))
        {
            yield break;
        }

        // Who names such a folder in COPY wants it.
        var copied = new CopiedPaths(input.Chains.SelectMany(chain => chain.Stage.Instructions).SelectMany(input.SourcesOf)
            .Where(source => !source.HasVariables && !SlashPath.InContext(source.Path).Split('/').Any(Unwanted.Contains)));
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in ContextFiles.List(input.Context, input.Ignore).Where(entry => entry.Stamp.Kind == FileKind.File))
        {
            var parts = entry.Path.Split('/');
            var depth = Array.FindIndex(parts, part => Unwanted.Contains(part));
            // "bin" may be a folder of scripts: beside a project it is build output.
            if (depth >= 0 && depth < parts.Length - 1 && (parts[depth] is not ("bin" or "obj") || HasProject(input.Context, parts, depth))
                && copied.Contains(entry.Path)
                && !input.Ignore.WishesBelow(parts, depth))
            {
                var folder = string.Join('/', parts, 0, depth + 1);
                sizes[folder] = sizes.GetValueOrDefault(folder) + entry.Stamp.Size;
            }
        }

        if (sizes.Values.Sum() < SmallestHarm)
        {
            yield break;
        }

        var bytes = Quantity.Bytes(sizes.Values.Sum());
        var folders = string.Join(", ",
            sizes.OrderByDescending(pair => pair.Value).Take(4).Select(pair => $"{pair.Key} ({Quantity.Bytes(pair.Value)})"))
            + (sizes.Count > 4 ? ", …" : "");
        var lines = string.Join(", ", sizes.Keys.Select(folder => "**/" + folder.Split('/')[^1]).Distinct().Order(StringComparer.Ordinal));
        yield return input.Ignore.File is { } file
            ? LayerCheckDiagnostics.ContextSendsOutput.At(new SourceLocation(file), bytes, folders, Path.GetFileName(file), lines)
            : LayerCheckDiagnostics.NoIgnoreFile.At(new SourceLocation(input.Dockerfile.Path), input.Context, bytes, folders, lines);
    }

    private static bool HasProject(string context, string[] parts, int depth) =>
        Directory.EnumerateFiles(Path.Combine([context, .. parts.Take(depth)]), "*.*proj").Any();
}
