using BuildKit.Core.Diagnostics;
using BuildKit.Core.Yaml;

namespace BuildKit.Core.DevSpace;

/// <summary>What builds an image in DevSpace.</summary>
internal enum DevSpaceEngine
{
    /// <summary>The Docker daemon; the default.</summary>
    Docker,

    /// <summary>BuildKit, by <c>docker buildx</c>.</summary>
    BuildKit,

    /// <summary>Kaniko, in a cluster.</summary>
    Kaniko,

    /// <summary>A command.</summary>
    Custom,
}

/// <summary>An entry of <c>images</c> after profiles and variables; v1 forms are in the places that v2 has for them.</summary>
/// <param name="Name">Key of the entry, with the names of the dependencies that led to it in front.</param>
/// <param name="Image">Registry and repository.</param>
/// <param name="Location">Where the entry is written.</param>
internal sealed record DevSpaceImage(string Name, string Image, SourceLocation Location)
{
    /// <summary>What builds it.</summary>
    public DevSpaceEngine Engine { get; init; }

    /// <summary>Tags as written, <c>#</c> included.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Full path of the Dockerfile.</summary>
    public string Dockerfile { get; init; } = "";

    /// <summary>Full path of the build context.</summary>
    public string Context { get; init; } = "";

    /// <summary>Stage; empty for the last.</summary>
    public string Target { get; init; } = "";

    /// <summary>Network of RUN steps; empty for the default.</summary>
    public string Network { get; init; } = "";

    /// <summary>Build arguments in the order written, without those that are null.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> BuildArguments { get; init; } = [];

    /// <summary>Replaces ENTRYPOINT; null leaves it, an empty one removes it.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Replaces CMD; null leaves it, an empty one removes it.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Lines that are put after the stage that is built.</summary>
    public IReadOnlyList<string> AppendedInstructions { get; init; } = [];

    /// <summary>Whether it is not pushed.</summary>
    public bool SkipPush { get; init; }

    /// <summary>Whether it is built every time.</summary>
    public bool AlwaysRebuild { get; init; }

    /// <summary>Further arguments for <c>docker buildx build</c>, as written.</summary>
    public IReadOnlyList<YamlScalar> Arguments { get; init; } = [];

    /// <summary>Whether the guide's <c>inlineCache</c> is set.</summary>
    public bool InlineCache { get; init; }

    /// <summary>The texts of the entry that something was filled into.</summary>
    internal IReadOnlyList<FilledText> Filled { get; init; } = [];
}
