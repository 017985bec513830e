using BuildKit.Core.Builders;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.Doctor;

/// <summary>Is Docker's command line here, is it Docker's, and has it buildx? BK1001, BK1002, BK1006, BK1009.</summary>
internal sealed class CommandLineCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorInput input, CancellationToken cancellation)
    {
        var findings = new List<DoctorFinding>();
        try
        {
            input.Cli = input.FindDocker();
            findings.Add(new DoctorFinding("docker", input.Cli.ProgramPath));
            var version = await new BuildxPlugin(input.Cli, input.Environment).AskVersionAsync(input.Request.WorkingDirectory, cancellation)
                .ConfigureAwait(false);
            input.HasBuildx = true;
            findings.Add(new DoctorFinding("buildx", $"version {version}"));
        }
        catch (DiagnosticException failure)
        {
            findings.AddRange(failure.Diagnostics.Select(diagnostic => DoctorFinding.Of(input.Cli is null ? "docker" : "buildx", diagnostic)));
        }

        return findings;
    }
}
