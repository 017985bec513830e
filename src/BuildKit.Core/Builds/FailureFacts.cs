using BuildKit.Core.BuildContexts;
using BuildKit.Core.Dockerfiles;
using BuildKit.Core.EngineMessages;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Builds;

/// <summary>What a request knows about a failure and BuildKit does not say.</summary>
internal static class FailureFacts
{
    /// <summary>Adds it to what is known.</summary>
    public static FailureContext With(FailureContext context, BuildRequest request)
    {
        var isFolder = request.Dockerfile.Length > 0 && Directory.Exists(request.Context);
        return context with
        {
            ContextFolder = isFolder ? request.Context : "",
            OtherContextOf = isFolder
                ? wanted => ContextAdvice.Of(request.Dockerfile, request.ProjectFile, new ContextChoice(request.Context, request.ContextReason),
                    wanted) : null,
            NearestTo = isFolder ? path => NearestPath.Ask(request.Context, path) : null,
            Mirrored =
                request.NamedContexts.Where(named => named.IsMirror && named.Source.StartsWith(NamedContext.ImageScheme, StringComparison.Ordinal))
                .GroupBy(named => named.Source[NamedContext.ImageScheme.Length..]).ToDictionary(group => group.Key, group => group.First().Name),
            FromNames = File.Exists(request.Dockerfile) ? FromNames(Dockerfile.Load(request.Dockerfile)) : new Dictionary<string, (string, int)>(),
        };
    }

    private static Dictionary<string, (string, int)> FromNames(Dockerfile dockerfile)
    {
        var names = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        foreach (var instruction in dockerfile.Instructions)
        {
            foreach (var flag in instruction.Flags)
            {
                var name = flag.Name == "from" ? flag.Value
                    : flag.Name == "mount"
                        ? flag.Value?.Split(',').FirstOrDefault(part => part.StartsWith("from=", StringComparison.Ordinal))?[5..]
                        : null;
                if (name is { Length: > 0 } && dockerfile.FindStage(name) is null)
                {
                    names.TryAdd(name, ($"{instruction.Keyword} --{flag.Name}={flag.Value} {instruction.Arguments}", instruction.Line));
                }
            }
        }

        return names;
    }
}
