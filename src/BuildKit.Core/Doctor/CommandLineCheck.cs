using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Doctor;

/// <summary>Is Docker's command line here, is it Docker's, and has it buildx? BK1001, BK1002, BK1006, BK1009.</summary>
internal sealed class CommandLineCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellation)
    {
        var findings = new List<DoctorFinding>();
        try
        {
            scene.Cli = scene.FindDocker();
            findings.Add(new DoctorFinding("docker", scene.Cli.ProgramPath));
            var version = await new BuildxPlugin(scene.Cli, scene.Environment).AskVersionAsync(scene.Request.WorkingDirectory, cancellation).ConfigureAwait(false);
            scene.HasBuildx = true;
            findings.Add(new DoctorFinding("buildx", $"version {version}"));
        }
        catch (DiagnosticException failure)
        {
            findings.AddRange(failure.Diagnostics.Select(diagnostic => DoctorFinding.Of(scene.Cli is null ? "docker" : "buildx", diagnostic)));
        }

        return findings;
    }
}
