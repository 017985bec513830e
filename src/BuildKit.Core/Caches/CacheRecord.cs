using System.Globalization;
using System.Text;
using BuildKit.Core.Systems;

namespace BuildKit.Core.Caches;

/// <summary>
/// What the last builds of an image learned about its caches: a small file in <c>obj/</c>, one fact a line. It only ever
/// saves work: a build without it reads and writes as the profile says.
/// </summary>
internal sealed record CacheRecord
{
    private const int Patience = 3;

    /// <summary>Fingerprint of the inputs of the last build.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Whether that build found every step cached.</summary>
    public bool AllCached { get; init; }

    /// <summary><see cref="PublishOutputs.LastingLayers"/> of what was last written; empty for an image of a Dockerfile.</summary>
    public string Lasting { get; init; } = "";

    /// <summary>How many builds in a row read a cache, ran every step and so found nothing in it.</summary>
    public int BuildsWithoutMatch { get; init; }

    /// <summary>Whether that were so many that it has to be reported.</summary>
    public bool NeverMatches => BuildsWithoutMatch >= Patience;

    /// <summary>Digest of each written reference when it was last seen.</summary>
    public IReadOnlyDictionary<string, string> Digests { get; init; } = new Dictionary<string, string>();

    /// <summary>References that the registry refused to write, and its words.</summary>
    public IReadOnlyDictionary<string, string> Refusals { get; init; } = new Dictionary<string, string>();

    /// <summary>References that the last attempt did not write, refused for good or not, and why: what the doctor reports.</summary>
    public IReadOnlyDictionary<string, string> Failures { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a record; one that is missing or broken is empty.</summary>
    public static CacheRecord Read(string path)
    {
        var (digests, refusals, failures) = (new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());
        var record = new CacheRecord { Digests = digests, Refusals = refusals, Failures = failures };
        try
        {
            foreach (var fact in File.Exists(path) ? File.ReadLines(path).Select(line => line.Split('\t')) : [])
            {
                switch (fact)
                {
                    case ["fingerprint", var text]:
                        record = record with { Fingerprint = text };
                        break;
                    case ["lasting", var text]:
                        record = record with { Lasting = text };
                        break;
                    case ["all cached"]:
                        record = record with { AllCached = true };
                        break;
                    case ["without match", var text]:
                        record = record with
                        { BuildsWithoutMatch = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0 };
                        break;
                    case ["digest", var reference, var digest]:
                        digests[reference] = digest;
                        break;
                    case ["refused", var reference, var reason]:
                        refusals[reference] = reason;
                        break;
                    case ["failed", var reference, var reason]:
                        failures[reference] = reason;
                        break;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new CacheRecord();
        }

        return record;
    }

    /// <summary>Writes the record; where that is not possible, the next build finds out the same again.</summary>
    public void Write(string path)
    {
        var text = new StringBuilder();
        void Line(params string[] parts) => text.AppendJoin('\t', parts.Select(OneLine)).Append('\n');
        Line("fingerprint", Fingerprint);
        if (Lasting.Length > 0)
        {
            Line("lasting", Lasting);
        }

        if (AllCached)
        {
            Line("all cached");
        }

        Line("without match", BuildsWithoutMatch.ToString(CultureInfo.InvariantCulture));
        Digests.ToList().ForEach(pair => Line("digest", pair.Key, pair.Value));
        Refusals.ToList().ForEach(pair => Line("refused", pair.Key, pair.Value));
        Failures.ToList().ForEach(pair => Line("failed", pair.Key, pair.Value));
        WholeFile.TryWrite(path, file => file.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
