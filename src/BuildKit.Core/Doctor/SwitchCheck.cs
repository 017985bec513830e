using BuildKit.Core.Diagnostics;
using BuildKit.Core.Json;
using BuildKit.Core.Registries;

namespace BuildKit.Core.Doctor;

/// <summary>Is BuildKit switched off somewhere? BK1040.</summary>
internal sealed class SwitchCheck : IDoctorCheck
{
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DoctorFinding>>([.. Places(input).Select(place =>
            DoctorFinding.Of("BuildKit", DoctorDiagnostics.BuildKitSwitchedOff.With(place)))]);

    private static IEnumerable<string> Places(DoctorInput input)
    {
        if (input.Environment.GetValueOrDefault("DOCKER_BUILDKIT") is "0" or "false")
        {
            yield return $"DOCKER_BUILDKIT={input.Environment["DOCKER_BUILDKIT"]}";
        }

        string[] files =
        [
            Path.Combine(DockerConfigFile.FolderFor(input.Environment), "config.json"),
            Path.Combine(input.SystemRoot, "etc", "docker", "daemon.json"),
        ];
        foreach (var file in files.Where(IsOff))
        {
            yield return $"\"features\": \"buildkit\" in {file}";
        }
    }

    private static bool IsOff(string file)
    {
        try
        {
            using var document = JsonElementExtensions.TryParse(File.ReadAllBytes(file));
            var feature = (document?.RootElement ?? default).Member("features").Member("buildkit");
            return feature.ValueKind == System.Text.Json.JsonValueKind.False || feature.AsText() == "false";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
