namespace BuildKit.Core.Registries;

/// <summary>Why a registry did not give what was asked for.</summary>
public enum RegistryFailure
{
    /// <summary>It has no such repository, manifest, platform or blob (404).</summary>
    NotFound,

    /// <summary>It wants another credential or right (401, 403).</summary>
    Denied,

    /// <summary>No answer: name not known, connection refused or broken, time over.</summary>
    Unreachable,

    /// <summary>It answers, but its certificate is not trusted or it does not speak TLS.</summary>
    Tls,

    /// <summary>Too many requests (429), also after waiting.</summary>
    RateLimited,

    /// <summary>Any other answer: 5xx, an answer against the specification, content that is not what its digest says.</summary>
    Server,
}

/// <summary>A registry did not give what was asked for. The text is one line and holds no secret.</summary>
internal sealed class RegistryException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="registry">Host with an optional port.</param>
    /// <param name="message">One line for people.</param>
    /// <param name="inner">Cause, when there is one.</param>
    public RegistryException(RegistryFailure kind, string registry, string message, Exception? inner = null)
        : base(message, inner) => (Kind, Registry) = (kind, registry);

    /// <summary>Why.</summary>
    public RegistryFailure Kind { get; }

    /// <summary>Host with an optional port.</summary>
    public string Registry { get; }

    /// <summary>Whether a connection was there, and no answer came within the limit.</summary>
    public bool IsSilence => InnerException is OperationCanceledException { InnerException: not TimeoutException };

    /// <summary>When the registry wants to be asked again; null when it does not say so.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The answer's status code; null when there was no answer.</summary>
    public int? StatusCode { get; init; }
}
