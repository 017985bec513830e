namespace BuildKit.Core.Dockerfiles;

/// <summary>Images that a Dockerfile takes from elsewhere.</summary>
internal static class ExternalImages
{
    /// <summary>
    /// What FROM, COPY --from and RUN --mount=from name and is no stage. A name may also be that of a named context, which
    /// Docker looks up first.
    /// </summary>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="buildArguments">Values for variables in FROM.</param>
    public static IEnumerable<string> Of(Dockerfile dockerfile, IReadOnlyDictionary<string, string> buildArguments)
    {
        ArgumentNullException.ThrowIfNull(dockerfile);
        var bases = dockerfile.Stages.Where(stage => dockerfile.BaseStageOf(stage, buildArguments) is null)
            .Select(stage => dockerfile.ResolveBase(stage, buildArguments));
        var sources = dockerfile.Instructions.SelectMany(instruction => instruction.Flags.Select(flag => flag.Name switch
        {
            "from" => flag.Value,
            "mount" => flag.Value?.Split(',').FirstOrDefault(part => part.StartsWith("from=", StringComparison.Ordinal))?[5..],
            _ => null,
        }));
        return bases.Concat(sources.OfType<string>().Where(name => dockerfile.FindStage(name) is null))
            .Where(name => name is not ("" or "scratch"));
    }
}
