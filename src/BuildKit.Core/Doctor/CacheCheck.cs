using BuildKit.Core.Caches;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Images;
using BuildKit.Core.Registries;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Doctor;

/// <summary>
/// Is there a cache that a fresh machine could read, can it be written, and did it help the last builds? BK1047, BK1048,
/// BK1052, BK1053, BK4002, BK4008.
/// </summary>
internal sealed class CacheCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        if (input.Caches is not { } settings)
        {
            return [];
        }

        ResolvedCaches caches;
        var request = input.Build;
        try
        {
            // As a build chooses them, so that in CI the doctor looks at what CI will read.
            caches = new CachePlanner(settings, request.ProjectFile, input.Environment, input.Builder).Choose(request);
        }
        catch (DiagnosticException wrong)
        {
            return [.. wrong.Diagnostics.Select(diagnostic => DoctorFinding.Of("cache", diagnostic))];
        }

        var findings = caches.Diagnostics.Select(diagnostic => DoctorFinding.Of("cache", diagnostic)).ToList();
        if (caches.From.Count == 0 && findings.Count == 0)
        {
            var why = caches.Reason.Replace("no cache references: ", "", StringComparison.Ordinal);
            return [DoctorFinding.Of("cache",
                DoctorDiagnostics.NoCacheConfigured.At(input.Request.Location, char.ToUpperInvariant(why[0]) + why[1..], RemedyOf(settings)))];
        }

        findings.Insert(0, new DoctorFinding("cache", caches.Reason));
        using var client = new RegistryClient(input.Environment);
        foreach (var cache in caches.From)
        {
            if (ImageReference.TryParse(cache.Reference) is { } reference)
            {
                findings.Add(await LookAsync(client, reference, input, cancellation).ConfigureAwait(false));
            }
        }

        findings.AddRange(OfLastBuilds(input, caches));
        return findings;
    }

    // Nobody is asked for what is so already.
    private static string RemedyOf(CacheSettings settings) => settings.Type == CacheType.None
        ? "Leave BuildKitCacheType out, or set it to Registry" : "Set ContainerRegistry, or BuildKitCacheRepository";

    // Only a write shows whether a registry takes caches, and the doctor writes nothing: what builds found out counts.
    private static IEnumerable<DoctorFinding> OfLastBuilds(DoctorInput input, ResolvedCaches caches)
    {
        if (input.IntermediateFolder.Length == 0)
        {
            yield break;
        }

        var record = CacheRecord.Read(LastRecordOf(input.Build));
        foreach (var cache in caches.To.Where(cache => record.Failures.ContainsKey(cache.Reference)))
        {
            yield return DoctorFinding.Of("cache", DoctorDiagnostics.CacheNotWritten.At(
                input.Request.Location, cache.Reference, record.Failures[cache.Reference], ImageReference.TryParse(cache.Reference)?.Registry ?? ""));
        }

        if (record.NeverMatches)
        {
            yield return DoctorFinding.Of("cache", CacheDiagnostics.NothingMatched.At(
                input.Request.Location, record.BuildsWithoutMatch, input.ImageName, string.Join(", ", caches.From.Select(cache => cache.Display))));
        }
    }

    // "dotnet build -t:BuildKitDoctor" runs for Debug; "dotnet publish" made the image for Release, and left its record there.
    internal static string LastRecordOf(BuildRequest build)
    {
        string Part(string name) => Path.DirectorySeparatorChar + name + Path.DirectorySeparatorChar;
        var published = build with
        {
            IntermediateFolder = build.IntermediateFolder.Replace(Part("Debug"), Part("Release"), StringComparison.Ordinal),
        };
        return new[] { build.FileOf(".caches"), published.FileOf(".caches") }.MaxBy(File.GetLastWriteTimeUtc)!;
    }

    private static async Task<DoctorFinding> LookAsync(RegistryClient client, ImageReference reference, DoctorInput input,
        CancellationToken cancellation)
    {
        try
        {
            return await client.HeadManifestAsync(reference, cancellation).ConfigureAwait(false) is null
                ? DoctorFinding.Of("cache", DoctorDiagnostics.CacheMissing.At(input.Request.Location, reference))
                : new DoctorFinding("cache", $"{reference} can be read");
        }
        catch (RegistryException failure)
        {
            return DoctorFinding.Of("cache",
                DoctorDiagnostics.CacheForbidden.At(input.Request.Location, reference, failure.Message, failure.Registry));
        }
    }
}
