using System.Net;
using System.Net.Http.Headers;
using BuildKit.Core.Json;

namespace BuildKit.Core.Registries;

/// <summary>A request without its address. Not a record: its printed form would show the header.</summary>
internal sealed class RegistryCall(HttpMethod method)
{
    public HttpMethod Method { get; } = method;

    /// <summary>Accepted media types.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Body; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string BodyMediaType { get; init; } = "";

    public AuthenticationHeaderValue? Authorization { get; init; }

    public RegistryCall With(AuthenticationHeaderValue? authorization) => new(Method)
    {
        Accept = Accept,
        Body = Body,
        BodyMediaType = BodyMediaType,
        Authorization = authorization,
    };

    public HttpRequestMessage ToMessage(Uri address, bool withAuthorization)
    {
        var message = new HttpRequestMessage(Method, address);
        foreach (var type in Accept)
        {
            message.Headers.TryAddWithoutValidation("Accept", type);
        }

        if (withAuthorization)
        {
            message.Headers.Authorization = Authorization;
        }

        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", BodyMediaType);
        }

        return message;
    }
}

/// <summary>An answer, read to its end.</summary>
internal sealed record RegistryAnswer(HttpStatusCode Status, byte[] Body, string MediaType, string Digest, long? Length,
    IReadOnlyList<string> Challenges)
{
    /// <summary>Where the next part of a list is (<c>Link</c> with <c>rel="next"</c>, RFC 8288); empty when this is the last.</summary>
    public string Next { get; init; } = "";

    /// <summary>Where an upload that was begun goes on: path and query; empty when it is not known.</summary>
    public string Location { get; init; } = "";

    /// <summary>When it wants to be asked again (<c>Retry-After</c>); null when it does not say so.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Reads an answer; refuses one that is larger than any manifest or config may be.</summary>
    public static async Task<RegistryAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        // BuildKit and containerd refuse manifests over 8 MiB; configs are smaller.
        const int Limit = 16 << 20;
        using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[32 << 10];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > Limit)
            {
                throw new InvalidDataException("the answer is larger than 16 MiB");
            }
        }

        return new RegistryAnswer(
            response.StatusCode,
            body.ToArray(),
            response.Content.Headers.ContentType?.MediaType ?? "",
            response.Headers.TryGetValues("Docker-Content-Digest", out var digests) ? digests.First().Trim() : "",
            response.Content.Headers.ContentLength,
            response.Headers.TryGetValues("WWW-Authenticate", out var challenges) ? [.. challenges] : [])
        {
            Next = response.Headers.TryGetValues("Link", out var links) ? NextOf(links) : "",
            RetryAt = response.Headers.RetryAfter is not { } retry ? null : retry.Date ?? DateTimeOffset.UtcNow + retry.Delta,
            Location = response.Headers.Location is not { } location ? "" : location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString,
        };
    }

    private static string NextOf(IEnumerable<string> links) => links
        .SelectMany(link => link.Split(','))
        .Where(link => link.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase)
            || link.Contains("rel=next", StringComparison.OrdinalIgnoreCase))
        .Select(link => link.Trim().Split('>')[0].TrimStart('<'))
        .FirstOrDefault("");

    /// <summary>The code of the registry's own error (distribution specification, "Error Codes"); empty when it gave none.</summary>
    public string ErrorCode()
    {
        using var document = JsonElementExtensions.TryParse(Body);
        var code = document?.RootElement.Items("errors").Select(e => e.Text("code")).FirstOrDefault() ?? "";
        // Only what looks like a code: the message beside it is free text and may quote what was sent.
        return code.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && code.Length <= 60 ? code : "";
    }
}
