using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3319: COPY or ADD of a path that is not in the build context. Only in the check: a build says it itself (BK3102).</summary>
internal static class CopySourceMissingCheck
{
    // What a build on this machine leaves there is not there before it.
    private static readonly string[] Made = ["bin", "obj", "out", "publish", "dist", "build", "artifacts", "target", ".next", "node_modules"];

    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Context.Length == 0 ? [] :
            from instruction in input.Chains.SelectMany(chain => chain.Stage.Instructions)
            // With --parents and in patterns BuildKit passes over what is not there.
            where !instruction.Flags.Any(flag => flag.Name == "parents")
            from source in input.SourcesOf(instruction)
            let path = SlashPath.InContext(source.Path)
            where !source.HasVariables && path.Length > 0 && path.IndexOfAny(['*', '?', '[']) < 0
            let reason = ReasonOf(input, path)
            where reason is not null
            select LayerCheckDiagnostics.CopySourceMissing.At(
                PlaceOf(input, instruction, source.Path), source.Keyword, path, reason,
                AdviceOf(input, path));
    }

    private static string AdviceOf(CheckInput input, string path) =>
        ContextAdvice.Of(input.Dockerfile.Path, input.ProjectFile, new ContextChoice(input.Context, "-p:BuildKitProgress=details says why"), [path])
            is { Length: > 0 } other ? other : NearestPath.Ask(input.Context, path);

    private static string? ReasonOf(CheckInput input, string path) =>
        !SourceSearch.Exists(input.Context, path) ? path.Split('/').Any(Made.Contains) ? null : $"it is not in the build context {input.Context}"
        : input.Ignore.IsIgnored(path) && !input.Ignore.CouldSendBelow(path)
            ? $"{Path.GetFileName(input.Ignore.File)} leaves it out of the build context"
        : null;

    private static SourceLocation PlaceOf(CheckInput input, Dockerfiles.DockerfileInstruction instruction, string text)
    {
        var (line, column) = input.Dockerfile.PlaceOf(instruction, text);
        return new SourceLocation(input.Dockerfile.Path, line, column);
    }
}
