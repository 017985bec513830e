using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;
using BuildKit.Core.Projects;
using BuildKit.Core.PublishOutputs;
using BuildKit.Core.Requests;

namespace BuildKit.Core.Settings;

/// <summary>
/// Refuses configuration that no engine can start a container with. BuildKit's exporter takes any, and as a line of a
/// Dockerfile a value with a line break would become an instruction.
/// </summary>
internal static partial class PublishedConfigChecks
{
    // Names of the Dockerfile reference (https://docs.docker.com/reference/dockerfile/#stopsignal): those of Linux.
    private static readonly string[] Signals =
    [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV",
        "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    ];

    /// <summary>Checks configuration and commands.</summary>
    /// <param name="output">What was read.</param>
    /// <param name="secrets">The image's secrets.</param>
    /// <param name="settings">The settings it was read from.</param>
    /// <param name="diagnostics">BK2001, BK2011, BK3017.</param>
    public static void Check(PublishOutput output, IReadOnlyList<BuildSecret> secrets, ImageSettings settings, SettingDiagnostics diagnostics)
    {
        var config = output.Config;
        // For Windows the SDK computes C:\app\, and such an image is refused by its platform.
        var isWindows = settings["ContainerRuntimeIdentifier"].StartsWith("win", StringComparison.OrdinalIgnoreCase);
        Check(isWindows || IsPath(config.WorkingDirectory), "ContainerWorkingDirectory", config.WorkingDirectory,
            "a full path in the image, such as /app");
        Check(UserForm().IsMatch(config.User), "ContainerUser", config.User, "a user, or user:group, by name or number");
        Check(IsSignal(config.StopSignal), "BuildKitStopSignal", config.StopSignal, "a signal by name or number, such as SIGQUIT or 3");
        config.Volumes.Where(volume => !IsPath(volume)).ToList()
            .ForEach(volume => Check(false, "BuildKitVolumes", volume, "full paths in the image, such as /data"));
        // For Windows no image is made, and what was not published is reported as such.
        if (!isWindows && Directory.Exists(output.Folder))
        {
            diagnostics.Add(EntryProgram.Check(output, diagnostics.At("ContainerAppCommand")));
        }

        foreach (var command in output.Commands)
        {
            command.CacheMounts.Where(folder => !MountForm().IsMatch(folder)).ToList().ForEach(folder => diagnostics.Add(
                PropertyDiagnostics.ValueNotAccepted.At(At(command), $"CacheMount of BuildKitRun \"{command.Command}\"", folder,
                    "full paths in the image without spaces, such as /var/cache/apt", "")));
            // BuildKit would run the command without it.
            command.Secrets.Where(id => secrets.All(secret => secret.Id != id)).ToList().ForEach(id => diagnostics.Add(
                PropertyDiagnostics.InvalidName.At(At(command), $"The secret of BuildKitRun \"{command.Command}\"", id,
                    "no BuildKitSecret item has this id")));
        }

        SourceLocation At(ImageCommand command) => ProjectFileLocation.Of(settings.ProjectFile, "BuildKitRun", command.Command);

        void Check(bool right, string property, string value, string accepted)
        {
            if (!right)
            {
                diagnostics.Add(PropertyDiagnostics.ValueNotAccepted, property, property, value, accepted, "");
            }
        }
    }

    private static bool IsPath(string path) => path.StartsWith('/') && !path.Any(char.IsControl);

    private static bool IsSignal(string signal)
    {
        var name = signal.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? signal[3..] : signal;
        return signal.Length == 0 || Signals.Contains(name, StringComparer.OrdinalIgnoreCase) || SignalNumber().IsMatch(name);
    }

    [GeneratedRegex(@"^[^\s:]*(:[^\s:]+)?\z")]
    private static partial Regex UserForm();

    [GeneratedRegex(@"^/[^\s"",]*\z")]
    private static partial Regex MountForm();

    [GeneratedRegex(@"^([1-9]|[1-5]\d|6[0-4]|(?i:RTMIN|RTMAX)([+-]\d{1,2})?)\z")]
    private static partial Regex SignalNumber();
}
