namespace BuildKit.Testing;

/// <summary>How a <see cref="MoodyRegistry"/> treats a request.</summary>
/// <param name="Kind">The kind of treatment.</param>
/// <param name="Code">The status code of an answer of its own.</param>
public sealed record RegistryMood(RegistryMoodKind Kind, int Code = 0)
{
    /// <summary>The registry behind it answers.</summary>
    public static RegistryMood Through { get; } = new(RegistryMoodKind.Through);

    /// <summary>The request is read, and nothing is ever answered.</summary>
    public static RegistryMood Hang { get; } = new(RegistryMoodKind.Hang);

    /// <summary>The connection is closed without an answer, or in the middle of one that has a body.</summary>
    public static RegistryMood Cut { get; } = new(RegistryMoodKind.Cut);

    /// <summary>The body of the answer comes with 1 kB in a second.</summary>
    public static RegistryMood Slow { get; } = new(RegistryMoodKind.Slow);

    /// <summary>The body is another than was asked for, of equal length.</summary>
    public static RegistryMood Spoiled { get; } = new(RegistryMoodKind.Spoiled);

    /// <summary>Headers of an answer of its own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Body of an answer of its own.</summary>
    public string Body { get; init; } = """{"errors":[{"code":"MANIFEST_INVALID","message":"manifest invalid"}]}""";

    /// <summary>How long the body is: what is missing is filled up with blanks, so that an answer can be of any length.</summary>
    public long Length { get; init; }

    /// <summary>An answer of its own; 0 lets the request through.</summary>
    public static implicit operator RegistryMood(int code) => code == 0 ? Through : new(RegistryMoodKind.Answer, code);

    /// <summary>An answer of its own.</summary>
    /// <param name="code">Status code.</param>
    /// <param name="headers">Names and values of headers.</param>
    public static RegistryMood Answer(int code, params (string Name, string Value)[] headers) =>
        new(RegistryMoodKind.Answer, code) { Headers = headers.ToDictionary(header => header.Name, header => header.Value) };
}

/// <summary>Kinds of treatment.</summary>
public enum RegistryMoodKind
{
    /// <summary>The registry behind it answers.</summary>
    Through,

    /// <summary>An answer of its own.</summary>
    Answer,

    /// <summary>No answer, ever.</summary>
    Hang,

    /// <summary>The connection is closed.</summary>
    Cut,

    /// <summary>Slow.</summary>
    Slow,

    /// <summary>Other bytes.</summary>
    Spoiled,
}
