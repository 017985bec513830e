using System.Text.RegularExpressions;
using BuildKit.Core.Diagnostics;

namespace BuildKit.Core.DockerfileChecks;

/// <summary>BK3305: EXPOSE 80 in an image of ASP.NET Core 8 or newer, which listens on 8080.</summary>
internal static partial class ExposedPortCheck
{
    /// <summary>Finds it.</summary>
    public static IEnumerable<Diagnostic> Find(CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.TargetChain is not { } chain || ImageForm().Match(input.BaseImageOf(chain)) is not { Success: true } match
            || int.Parse(match.Groups["major"].Value, System.Globalization.CultureInfo.InvariantCulture) < 8
            || IsWindows().IsMatch(input.BaseImageOf(chain))
            || chain.Instructions.Any(SetsPort))
        {
            yield break;
        }

        foreach (var expose in chain.Instructions.Where(instruction => instruction.Keyword == "EXPOSE"))
        {
            var ports = expose.Arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (ports.Any(port => port is "80" or "80/tcp"))
            {
                yield return ProjectCheckDiagnostics.ExposedPort.At(input.At(expose.Line), expose.Arguments, match.Groups["major"].Value);
            }
        }
    }

    private static bool SetsPort(Dockerfiles.DockerfileInstruction instruction) =>
        (instruction.Keyword is "ENV" && PortVariable().IsMatch(instruction.Arguments))
        || (instruction.Keyword is "CMD" or "ENTRYPOINT" && instruction.Arguments.Contains("--urls", StringComparison.Ordinal));

    [GeneratedRegex("(?:^|/)dotnet/(?:nightly/)?aspnet:(?<major>[0-9]{1,4})")]
    private static partial Regex ImageForm();

    [GeneratedRegex("nanoserver|windowsservercore|ltsc20")]
    private static partial Regex IsWindows();

    [GeneratedRegex(@"\b(?:ASPNETCORE_URLS|ASPNETCORE_HTTP_PORTS|DOTNET_URLS|URLS|HTTP_PORTS)\b")]
    private static partial Regex PortVariable();
}
