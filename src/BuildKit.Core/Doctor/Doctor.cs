namespace BuildKit.Core.Doctor;

/// <summary>Looks at everything that a build needs, and says for each whether it is well and what to do if not.</summary>
public static class Doctor
{
    // In this order: later checks use what earlier ones found.
    private static readonly IDoctorCheck[] Checks =
    [
        new CommandLineCheck(), new SwitchCheck(), new EngineCheck(), new BuilderCheck(), new PlatformCheck(), new DiskCheck(),
        new CacheLimitCheck(), new ClockCheck(), new WindowsSubsystemCheck(), new RegistryCheck(), new CacheCheck(),
    ];

    /// <summary>Looks.</summary>
    /// <param name="input">What to look at; filled with what was found.</param>
    /// <param name="tell">Called with each finding as soon as it is known.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(
        DoctorInput input, Action<DoctorFinding> tell, CancellationToken cancellation)
    {
        var findings = new List<DoctorFinding>();
        foreach (var check in Checks)
        {
            foreach (var finding in await check.LookAsync(input, cancellation).ConfigureAwait(false))
            {
                tell(finding);
                findings.Add(finding);
            }
        }

        return findings;
    }
}
