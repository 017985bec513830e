namespace BuildKit.Core.UpToDateChecks;

/// <summary>Says which inputs are not what they were in the last build, in words of whoever wrote the project.</summary>
internal static class InputChange
{
    private const string Command = "the command";

    // What a fingerprint calls them, and what people do.
    private static readonly Dictionary<string, string> Words = new()
    {
        ["version"] = "the version of BuildKit.Tasks",
        ["engine"] = "the engine",
        ["setting"] = "the builder or the checks",
        ["target"] = "the stage",
        ["network"] = "the network",
        ["format"] = "the image format",
        ["attestations"] = "the attestations",
        ["platform"] = "the platforms",
        ["tag"] = "the tags",
        ["label"] = "the labels",
        ["secret"] = "the secrets",
        ["ssh"] = "the SSH agents",
        ["host"] = "the extra hosts",
        ["option"] = "the build options",
        ["output"] = "the outputs",
        ["argument"] = "the build arguments",
        ["environment"] = "the environment",
        ["dockerfile"] = "the Dockerfile",
        ["ignore"] = "the ignore file",
        ["context"] = "the context",
        ["published"] = "the published files",
        ["base"] = "the base image",
        ["image"] = "a base image",
        ["copy"] = "the copied files",
        ["fragment"] = "the Dockerfile fragment",
        ["run"] = "the commands of the build",
        ["runtime"] = "the runtime identifiers",
        ["health"] = "the health check",
        ["signal"] = "the stop signal",
        ["volume"] = "the volumes",
        ["instruction"] = Command,
        ["command"] = Command,
        ["default"] = Command,
        ["entrypoint"] = Command,
        ["port"] = "the ports",
        ["variable"] = "the environment variables",
        ["directory"] = "the working directory",
        ["user"] = "the user",
        ["layer"] = "the layers",
    };

    /// <summary>Inputs whose changed files can be named.</summary>
    private static readonly string[] OfFiles = ["dockerfile", "ignore", "context", "published", "copy", "fragment"];

    /// <summary>Whether a reason is about files alone, so that the names of files say more.</summary>
    /// <param name="reason">What <see cref="Of"/> said.</param>
    public static bool IsOfFiles(string reason) => OfFiles.Any(kind => reason == Sentence([kind]));

    /// <summary>The end of a sentence that begins with "because".</summary>
    /// <param name="before">The hash of each kind of input, of the last build.</param>
    /// <param name="now">The same of this one.</param>
    public static string Of(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        var changed = before.Count == 0 ? []
            : before.Keys.Union(now.Keys).Where(kind => before.GetValueOrDefault(kind, "") != now.GetValueOrDefault(kind, "")).ToList();
        // With another base image or publish, layers and labels follow.
        var first = changed.Where(Words.ContainsKey).OrderBy(kind => Words.Keys.ToList().IndexOf(kind)).ToList();
        var files = first.Where(OfFiles.Contains).ToList();
        return Sentence(files.Count > 0 && first.All(kind => OfFiles.Contains(kind) || kind == "layer") ? files[..1] : first);
    }

    private static string Sentence(IEnumerable<string> kinds) => kinds.Select(kind => Words[kind]).Distinct().ToList() switch
    {
        [] => "an input changed",
        [var only] => $"{only} changed",
        [var first, var second] => $"{first} and {second} changed",
        [var first, var second, _] => $"{first}, {second} and 1 more input changed",
        [var first, var second, .. var more] => $"{first}, {second} and {more.Count} more inputs changed",
    };
}
