using BuildKit.Core.BuildContexts;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3319: COPY or ADD of a path that is not in the build context. Only in the check: a build says it itself (BK3102).</summary>
internal static class CopySourceMissingCheck
{
    // What a build on this machine leaves there is not there before it.
    private static readonly string[] Made = ["bin", "obj", "out", "publish", "dist", "build", "artifacts", "target", ".next", "node_modules"];

    /// <summary>Finds them.</summary>
    public static IEnumerable<Diagnostic> Find(CheckScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene.Context.Length == 0 ? [] :
            from instruction in scene.Chains.SelectMany(chain => chain.Stage.Instructions)
            // With --parents and in patterns BuildKit passes over what is not there.
            where !instruction.Flags.Any(flag => flag.Name == "parents")
            from source in scene.SourcesOf(instruction)
            let path = SlashPath.InContext(source.Path)
            where !source.HasVariables && path.Length > 0 && path.IndexOfAny(['*', '?', '[']) < 0
            let reason = ReasonOf(scene, path)
            where reason is not null
            select LayerCheckDiagnostics.CopySourceMissing.At(
                PlaceOf(scene, instruction, source.Path), source.Keyword, path, reason,
                ContextAdvice.Of(scene.Dockerfile.Path, scene.ProjectFile, new ContextChoice(scene.Context, "-v:n says why"), [path]));
    }

    private static string? ReasonOf(CheckScene scene, string path) =>
        !SourceSearch.Exists(scene.Context, path) ? path.Split('/').Any(Made.Contains) ? null : $"it is not in the build context {scene.Context}"
        : scene.Ignore.IsIgnored(path) && !scene.Ignore.CouldSendBelow(path) ? $"{Path.GetFileName(scene.Ignore.File)} leaves it out of the build context"
        : null;

    private static SourceLocation PlaceOf(CheckScene scene, Dockerfiles.DockerfileInstruction instruction, string text)
    {
        var (line, column) = scene.Dockerfile.PlaceOf(instruction, text);
        return new SourceLocation(scene.Dockerfile.Path, line, column);
    }
}
